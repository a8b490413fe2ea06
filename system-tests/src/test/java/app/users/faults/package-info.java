/**
 * Faults on a seed while clients write, and a judge who compares what the clients were answered with what the system holds
 * afterwards. The judge and the data that it reads are pure; the rest drives a real system.
 */
@NullMarked
package app.users.faults;

import org.jspecify.annotations.NullMarked;
