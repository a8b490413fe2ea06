/** What the programs are made of, and which of it has a known flaw: bills of materials compared with advisories. */
@NullMarked
package app.users.advisories;

import org.jspecify.annotations.NullMarked;
