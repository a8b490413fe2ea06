package app.users.web.page;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;

/** Writes the first page for a client that prefers HTML. */
final class FirstPageHtml extends AbstractHttpMessageConverter<FirstPage> {

    private final Template template;

    FirstPageHtml() {
        super(StandardCharsets.UTF_8, MediaType.TEXT_HTML);
        Asset file = Asset.read("/pages/first-page.html", MediaType.TEXT_HTML);
        template = Mustache.compiler().compile(new String(file.bytes(), StandardCharsets.UTF_8));
    }

    @Override
    protected boolean supports(Class<?> type) {
        return type == FirstPage.class;
    }

    @Override
    public boolean canRead(Class<?> type, @Nullable MediaType mediaType) {
        return false;
    }

    @Override
    protected FirstPage readInternal(Class<? extends FirstPage> type, HttpInputMessage input) {
        throw new UnsupportedOperationException("the first page is only written");
    }

    @Override
    protected void writeInternal(FirstPage page, HttpOutputMessage output) throws IOException {
        output.getBody().write(template.execute(page).getBytes(StandardCharsets.UTF_8));
    }
}
