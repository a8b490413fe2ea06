package app.users.command.user;

import static org.assertj.core.api.Assertions.assertThat;

import app.users.command.value.Password;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnDataTest {

    private static final OwnData OWN =
            new OwnData(List.of("Longsurname", "", "1 Main Street"), "Anna@Пример.рф", "+79967348137");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Longsurname",
                "LONGSURNAME",
                " longsurname ",
                "ｌｏｎｇｓｕｒｎａｍｅ",
                "long\u200Bsurname",
                "1 main street",
                "anna@пример.рф",
                "anna@xn--e1afmkfd.xn--p1ai",
                "+79967348137",
                "79967348137",
                "8 (996) 734-81-37"
            })
    void isRecognisedHoweverItIsWritten(String password) {
        assertThat(OWN.has(new Password(password))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"longsurname1", "user1user1", "anna@пример.com", "79967348138", "correct horse battery"})
    void otherTextIsNoOwnData(String password) {
        assertThat(OWN.has(new Password(password))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"correct horse", "79967348138", "a@x.example"})
    void whatIsEmptyIsNoOwnData(String password) {
        assertThat(new OwnData(List.of("", ""), "", "").has(new Password(password)))
                .isFalse();
    }

    @Test
    void whatIsSentIsOwnDataToo() {
        OwnData sent = OwnData.of(
                Map.of(Field.ADDRESS, "1 Main Street", Field.EMAIL, "anna@x.example", Field.NUMBER, "+79967348137"));
        for (String own : List.of("1 main street", "anna@x.example", "79967348137")) {
            assertThat(sent.has(new Password(own))).as(own).isTrue();
        }
        assertThat(sent.has(new Password("correct horse"))).isFalse();
    }
}
