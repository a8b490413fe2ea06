package app.users.advisories;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The libraries that the CycloneDX document of a program names. */
record BillOfMaterials(Set<Library> libraries) {

    private static final String PLACE = "META-INF/sbom/application.cdx.json";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** @param program an executable jar of this build */
    static BillOfMaterials of(Path program) throws IOException {
        try (JarFile jar = new JarFile(program.toFile())) {
            ZipEntry entry = jar.getEntry(PLACE);
            if (entry == null) {
                entry = jar.getEntry("BOOT-INF/classes/" + PLACE);
            }
            if (entry == null) {
                throw new IllegalArgumentException(program + " has no bill of materials; build it first");
            }
            try (InputStream document = jar.getInputStream(entry)) {
                return of(JSON.readTree(document));
            }
        }
    }

    static BillOfMaterials of(JsonNode document) {
        Set<Library> libraries = new TreeSet<>();
        for (JsonNode component : document.path("components")) {
            if (component.path("purl").asString("").startsWith("pkg:maven/")) {
                libraries.add(new Library(
                        component.required("group").stringValue(),
                        component.required("name").stringValue(),
                        component.required("version").stringValue()));
            }
        }
        if (libraries.isEmpty()) {
            throw new IllegalArgumentException("a bill of materials names no library of Maven");
        }
        return new BillOfMaterials(libraries);
    }
}
