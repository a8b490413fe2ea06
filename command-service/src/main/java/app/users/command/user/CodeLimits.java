package app.users.command.user;

import java.time.Duration;

/**
 * How often codes are sent and tried.
 *
 * @param validFor how long a code is taken
 * @param tries how many wrong ones kill a code
 * @param coolDown how long after one code the next may be asked for
 * @param aDay how many codes are sent in 24 hours
 * @param wrongADay how many wrong tries there may be in 24 hours, whatever the number of codes
 */
public record CodeLimits(Duration validFor, int tries, Duration coolDown, int aDay, int wrongADay) {}
