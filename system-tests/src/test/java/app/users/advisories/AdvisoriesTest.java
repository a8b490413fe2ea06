package app.users.advisories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Security line 25: which versions an advisory is about, and that nothing unreadable passes for nothing found. */
class AdvisoriesTest {

    private static final String FIXED = range("{'introduced':'1.0.0'},{'fixed':'1.2.0'}");
    private static final OsvRecords.Bounds NARROW = new OsvRecords.Bounds(3, 1_000, 2_000);

    @TempDir
    private Path folder;

    /** An advisory about {@code org.example:thing}; quotes are single ones here. */
    private static String osv(String id, String affected, String more) {
        return """
                {'schema_version':'1.6.0','id':'%s','modified':'2026-01-02T03:04:05Z','summary':'It breaks',%s
                 'affected':[{'package':{'ecosystem':'Maven','name':'org.example:thing'},%s}]}\
                """.formatted(id, more, affected).replace('\'', '"');
    }

    private static String osv(String affected) {
        return osv("GHSA-1", affected, "");
    }

    private static String range(String events) {
        return "'ranges':[{'type':'ECOSYSTEM','events':[%s]}]".formatted(events);
    }

    private static String ofEcosystem(String ecosystem) {
        return osv(FIXED).replace("\"Maven\"", "\"" + ecosystem + "\"");
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private Path zip(Map<String, String> entries) throws IOException {
        Path file = folder.resolve("all.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (var entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return file;
    }

    private static Library thing(String version) {
        return new Library("org.example", "thing", version);
    }

    private List<Finding> findings(String osv, Library... libraries) throws IOException {
        return Comparison.of(Set.of(libraries), OsvRecords.read(file("one.json", osv)))
                .findings();
    }

    private boolean isFound(String osv, String version) throws IOException {
        return !findings(osv, thing(version)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0.9, false",
        "1.0.0-RC1, false",
        "1.0.0, true",
        "1.1.10, true",
        "1.2.0-RC1, true",
        "1.2.0, false",
        "1.2.0.Final, false",
        "1.10.0, false"
    })
    void aRangeEndsBeforeTheVersionThatFixesIt(String version, boolean found) throws IOException {
        assertThat(isFound(osv(FIXED), version)).isEqualTo(found);
    }

    @ParameterizedTest
    @CsvSource({"1.2.0, true", "1.2, true", "1.2.1, false", "1.2.0-SNAPSHOT, true", "0.9, false"})
    void aRangeEndsWithTheLastVersionThatIsAffected(String version, boolean found) throws IOException {
        assertThat(isFound(osv(range("{'introduced':'1.0.0'},{'last_affected':'1.2.0'}")), version))
                .isEqualTo(found);
    }

    @ParameterizedTest
    @CsvSource({"2.0.0-M1, true", "2.0.0-RC1, true", "2.0.0, false", "1.9, true", "0-alpha, true"})
    void aReleaseCandidateComesBeforeItsRelease(String version, boolean found) throws IOException {
        assertThat(isFound(osv(range("{'introduced':'0'},{'fixed':'2.0.0'}")), version))
                .isEqualTo(found);
    }

    @Test
    void aRangeWithoutAnEndGoesOn() throws IOException {
        String osv = osv(range("{'introduced':'1.0.0'}"));
        assertThat(findings(osv, thing("99"))).singleElement().asString().contains("99, not fixed: ");
    }

    @ParameterizedTest
    @CsvSource({
        "1.4, fixed in 1.5",
        "1.5, ",
        "2.0.0-RC1, ",
        "2.0.0, fixed in 2.3",
        "2.2.9, fixed in 2.3",
        "2.3, ",
        "3.0, fixed in 3.1",
        "4.0, not fixed"
    })
    void eachOfSeveralRangesCounts(String version, @Nullable String outcome) throws IOException {
        String events = "{'introduced':'2.0.0'},{'fixed':'2.3'},{'introduced':'0'},{'fixed':'1.5'}";
        String more = "},{'package':{'ecosystem':'Maven','name':'org.example:thing'},'ranges':["
                + "{'type':'ECOSYSTEM','events':[{'introduced':'3.0'},{'fixed':'3.1'}]},"
                + "{'type':'ECOSYSTEM','events':[{'introduced':'4.0'},{'last_affected':'4.0'}]}]";
        List<Finding> findings = findings(osv(range(events) + more), thing(version));
        if (outcome == null) {
            assertThat(findings).isEmpty();
        } else {
            assertThat(findings).singleElement().asString().contains(version + ", " + outcome + ": ");
        }
    }

    @ParameterizedTest
    @CsvSource({"1.1, true", "1.1.0, true", "1.3-beta, true", "1.2, false"})
    void versionsCanBeNamedOneByOne(String version, boolean found) throws IOException {
        assertThat(isFound(osv("'versions':['1.1','1.3-beta']"), version)).isEqualTo(found);
        String commits =
                "'ranges':[{'type':'GIT','repo':'x','events':[{'introduced':'0'}]}],'versions':['1.1','1.3-beta']";
        assertThat(isFound(osv(commits), version)).isEqualTo(found);
    }

    @Test
    void anAdvisoryThatNamesNoVersionIsAboutAllOfThem() throws IOException {
        assertThat(isFound(osv("'versions':[],'ranges':null"), "7")).isTrue();
    }

    @Test
    void anotherPackageIsNotConcerned() throws IOException {
        assertThat(findings(osv(FIXED), new Library("org.example", "thing2", "1.1")))
                .isEmpty();
        assertThat(findings(osv(FIXED), new Library("org.example.thing", "thing", "1.1")))
                .isEmpty();
    }

    @Test
    void aWithdrawnAdvisoryCountsNoMore() throws IOException {
        Path both = file(
                "both.json",
                "[%s,%s]"
                        .formatted(
                                osv("GHSA-1", FIXED, "'withdrawn':'2026-01-02T03:04:05Z',"),
                                osv("GHSA-2", FIXED, "'withdrawn':null,")));
        assertThat(Comparison.of(Set.of(thing("1.1")), OsvRecords.read(both)).findings())
                .extracting(finding -> finding.advisory().id())
                .containsExactly("GHSA-2");
    }

    @Test
    void anotherEcosystemIsNotConcernedThoughTheNameIsTheSame() throws IOException {
        Path both = file("both.json", "[%s,%s]".formatted(osv(FIXED), ofEcosystem("npm")));
        assertThat(OsvRecords.read(both)).hasSize(1);
        assertThat(isFound(ofEcosystem("Maven:https://repo.example/maven"), "1.1"))
                .isTrue();
    }

    @Test
    void aFindingIsOneLineThatSaysWhatToDo() throws IOException {
        String osv = osv("GHSA-1", FIXED, "'aliases':['CVE-2026-1','CVE-2026-2'],")
                .replace("It breaks", "It\\u001b breaks\\nand more");
        assertThat(findings(osv, thing("1.1")))
                .singleElement()
                .hasToString("GHSA-1 (CVE-2026-1, CVE-2026-2): org.example:thing 1.1, fixed in 1.2.0: It  breaks");
    }

    @Test
    void theReportSaysWhatWasComparedThoughNothingWasFound() throws IOException {
        List<Advisory> advisories = OsvRecords.read(file("one.json", osv(FIXED)));
        Set<Library> libraries = Set.of(thing("1.2.0"), new Library("a", "b", "1"));
        assertThat(Comparison.of(libraries, advisories).report())
                .isEqualTo("2 packages compared with 1 advisories: nothing found\n");
        assertThat(Comparison.of(Set.of(thing("1.1")), advisories).report()).isEqualTo("""
                        GHSA-1: org.example:thing 1.1, fixed in 1.2.0: It breaks
                        1 packages compared with 1 advisories: 1 found
                        """);
    }

    @Test
    void readsAFolderAndAZip() throws IOException {
        Map<String, String> records = new TreeMap<>(Map.of(
                "GHSA-1.json", osv("GHSA-1", FIXED, ""), "GHSA-2.json", osv("GHSA-2", FIXED, ""), "README.md", "none"));
        assertThat(OsvRecords.read(zip(records))).extracting(Advisory::id).containsExactly("GHSA-1", "GHSA-2");

        Path subfolder = Files.createDirectories(folder.resolve("records/2026"));
        for (var entry : records.entrySet()) {
            Files.writeString(subfolder.resolve(entry.getKey()), entry.getValue());
        }
        assertThat(OsvRecords.read(folder.resolve("records")))
                .extracting(Advisory::id)
                .containsExactly("GHSA-1", "GHSA-2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "[]",
                "{}",
                "null",
                "{",
                "<html></html>",
                "{'id':7}",
                "{'id':'GHSA-1'}",
                "{'id':'GHSA-1','affected':{}}",
                "{'id':'GHSA-1','affected':[{'package':{'ecosystem':'Maven'}}]}",
                "{'id':'GHSA-1','affected':[{'package':{'ecosystem':'npm','name':'thing'}}]}",
                "{'id':'GHSA-1','affected':[{'package':{'ecosystem':'Maven','name':'a:b'},'versions':'1'}]}",
                "{'id':'GHSA-1','affected':[{'package':{'ecosystem':'Maven','name':'a:b'},'ranges':[{}]}]}",
                "{'id':'GHSA-1','affected':[{'package':{'ecosystem':'Maven','name':'a:b'},'versions':['1']}]} {}"
            })
    void whatCannotBeReadIsAnError(String content) throws IOException {
        Path file = file("one.json", content.replace('\'', '"'));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OsvRecords.read(file))
                .withMessageStartingWith(file + ": ");
        Path zip = zip(new TreeMap<>(Map.of("1.json", osv(FIXED), "2.json", content.replace('\'', '"'))));
        if (!content.matches("\\[]|\\{'id':'GHSA-1'}|.*npm.*")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> OsvRecords.read(zip))
                    .withMessageContaining("2.json");
        }
    }

    @Test
    void anEmptyOrBrokenSourceIsAnError() throws IOException {
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> OsvRecords.read(folder.resolve("missing.zip")));
        assertThatIllegalArgumentException().isThrownBy(() -> OsvRecords.read(folder));
        Path empty = zip(Map.of());
        assertThatIllegalArgumentException().isThrownBy(() -> OsvRecords.read(empty));
        byte[] whole = Files.readAllBytes(zip(Map.of("1.json", osv(FIXED))));
        Path half = folder.resolve("half.zip");
        Files.write(half, Arrays.copyOf(whole, whole.length / 2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OsvRecords.read(half))
                .withMessageStartingWith(half + ": is no readable zip");
    }

    @Test
    void whatIsReadIsBounded() throws IOException {
        Path large = zip(Map.of("1.json", osv(FIXED) + " ".repeat(1_000)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OsvRecords.read(large, NARROW))
                .withMessageContaining("1.json is too large");
        Map<String, String> records = new TreeMap<>();
        for (int i = 1; i <= 3; i++) {
            records.put(i + ".json", osv(FIXED) + " ".repeat(500));
        }
        Path many = zip(records);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OsvRecords.read(many, NARROW))
                .withMessageContaining("3.json is too large");
        Path array = file("array.json", "[" + "{\"id\":\"GHSA-1\"},".repeat(3) + osv(FIXED) + "]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OsvRecords.read(array, NARROW))
                .withMessageContaining("one record too many");
        assertThat(OsvRecords.read(array)).hasSize(1);
    }

    @Test
    void aZipThatUnpacksToGigabytesIsRefused() throws IOException {
        Path file = folder.resolve("bomb.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("1.json"));
            byte[] blanks = " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 9; i++) {
                zip.write(blanks);
            }
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OsvRecords.read(file))
                .withMessageContaining("1.json is too large");
    }

    @Test
    void aBillOfMaterialsWithoutLibrariesIsAnError() {
        String component = "{\"group\":\"org.example\",\"name\":\"thing\",\"version\":\"1.1\",\"purl\":\"pkg:%s/x\"}";
        assertThat(bill(component.formatted("maven") + "," + component.formatted("npm")))
                .containsExactly(thing("1.1"));
        assertThatIllegalArgumentException().isThrownBy(() -> bill(component.formatted("npm")));
        assertThatIllegalArgumentException().isThrownBy(() -> bill(""));
    }

    private static Set<Library> bill(String components) {
        return BillOfMaterials.of(JsonMapper.builder().build().readTree("{\"components\":[%s]}".formatted(components)))
                .libraries();
    }
}
