/**
 * Keeps the views in one database up to date: reads the topics from the stored position, folds, parks what it cannot fold,
 * repairs what was wrong. Uses the views.
 */
@NullMarked
package app.users.query.projection;

import org.jspecify.annotations.NullMarked;
