package app.users.command.value;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber;
import java.util.EnumSet;
import java.util.Set;

/**
 * Which numbers get text messages. What a message costs depends on its number, and the owner of some numbers earns a part of
 * it.
 *
 * @param countries ISO 3166 letters in upper case; empty for all countries
 */
public record TextMessages(Set<String> countries) {

    /** Personal numbers are charged like premium-rate numbers in some countries, for example 070 in Great Britain. */
    private static final Set<PhoneNumberType> COSTLY = EnumSet.of(
            PhoneNumberType.PREMIUM_RATE,
            PhoneNumberType.SHARED_COST,
            PhoneNumberType.PERSONAL_NUMBER,
            PhoneNumberType.UAN,
            PhoneNumberType.VOICEMAIL,
            PhoneNumberType.PAGER);

    public TextMessages {
        countries = Set.copyOf(countries);
    }

    public static boolean isCountry(String letters) {
        return PhoneNumber.NUMBERS.getSupportedRegions().contains(letters);
    }

    /** @param number as it was stored; text that is no number gets none */
    public boolean reach(String number) {
        return PhoneNumber.read(number)
                .filter(n -> !COSTLY.contains(PhoneNumber.NUMBERS.getNumberType(n)))
                .filter(this::isInCountry)
                .isPresent();
    }

    /** Satellite networks and the like have country codes that belong to no country, such as 870 and 881. */
    private boolean isInCountry(Phonenumber.PhoneNumber number) {
        // several countries share some country codes; null if it fits none of them
        String country = PhoneNumber.NUMBERS.getRegionCodeForNumber(number);
        return !PhoneNumberUtil.REGION_CODE_FOR_NON_GEO_ENTITY.equals(country)
                && (countries.isEmpty() || country != null && countries.contains(country));
    }
}
