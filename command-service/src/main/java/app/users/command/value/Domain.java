package app.users.command.value;

import com.ibm.icu.text.IDNA;
import com.ibm.icu.text.IDNA.Error;
import java.util.Optional;
import java.util.Set;

/** The name of a domain in ASCII, by UTS #46 without its transitional mappings, as browsers and mail servers write it. */
final class Domain {

    private static final IDNA UTS46 = IDNA.getUTS46Instance(
            IDNA.NONTRANSITIONAL_TO_ASCII | IDNA.USE_STD3_RULES | IDNA.CHECK_BIDI | IDNA.CHECK_CONTEXTJ);

    /** Registered names have two hyphens in these positions too. */
    private static final Set<Error> ALLOWED = Set.of(Error.HYPHEN_3_4);

    /** Of any spelling. The limit of DNS is for ASCII, where an international name is longer. */
    private static final int MAX = 253;

    private Domain() {}

    /** Empty when it cannot be the name of a domain. */
    static Optional<String> ascii(String name) {
        if (name.length() > MAX) {
            return Optional.empty(); // ICU ends the conversion of a very long name with an exception
        }
        IDNA.Info info = new IDNA.Info();
        String ascii = UTS46.nameToASCII(name, new StringBuilder(), info).toString();
        return ALLOWED.containsAll(info.getErrors()) ? Optional.of(ascii) : Optional.empty();
    }
}
