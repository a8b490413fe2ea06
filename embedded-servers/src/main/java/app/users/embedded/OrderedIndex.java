package app.users.embedded;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.AbstractUniqueIndex;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.ValueComparator;
import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An index that is not unique, over one or more fields, kept in their order; the {@code _id} at its end tells equals apart. */
@SuppressWarnings("NullAway") // the emulator is not annotated
final class OrderedIndex extends AbstractUniqueIndex<Integer> {

    private static final String ID = "_id";

    private final ConcurrentSkipListMap<KeyValue, Integer> positions = new ConcurrentSkipListMap<>(this::compare);

    OrderedIndex(String name, List<IndexKey> keys, boolean sparse) {
        super(name, withId(keys), sparse);
    }

    private static List<IndexKey> withId(List<IndexKey> keys) {
        if (keys.stream().anyMatch(key -> key.getKey().equals(ID))) {
            return keys;
        }
        List<IndexKey> all = new ArrayList<>(keys);
        all.add(new IndexKey(ID, true));
        return all;
    }

    /** Field by field; what is shorter comes before all that begins with it. */
    private int compare(KeyValue one, KeyValue other) {
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            int order = compare(one.get(i), other.get(i));
            if (order != 0) {
                return getKeys().get(i).isAscending() ? order : -order;
            }
        }
        return Integer.compare(one.size(), other.size());
    }

    /** Ids are numbers: the comparison of any two values costs much more. */
    private static int compare(Object one, Object other) {
        return one instanceof Double a && other instanceof Double b
                ? a.compareTo(b)
                : ValueComparator.asc().compare(one, other);
    }

    static boolean isValue(@Nullable Object condition) {
        return condition != null
                && !(condition instanceof Document)
                && !(condition instanceof Collection)
                && !(condition instanceof BsonRegularExpression);
    }

    /** By how many fields a search through this index is narrower than one through all documents. */
    int narrows(Document conditions) {
        List<Object> start = start(conditions);
        // a sparse index does not know every document
        return isSparse() ? 0 : start.size();
    }

    /** The values of the first fields as far as they are given, and the lower bound of the next one. */
    private List<Object> start(Document conditions) {
        List<Object> start = new ArrayList<>();
        for (IndexKey key : getKeys()) {
            Object condition = conditions.get(key.getKey());
            if (isValue(condition)) {
                start.add(condition);
                continue;
            }
            if (key.isAscending() && condition instanceof Document range) {
                Object least = range.getOrDefault("$gt", range.get("$gte"));
                if (isValue(least)) {
                    start.add(least);
                }
            }
            break;
        }
        return start;
    }

    private int given(Document conditions) {
        int given = 0;
        while (given < getKeys().size()
                && isValue(conditions.get(getKeys().get(given).getKey()))) {
            given++;
        }
        return given;
    }

    /** Where the documents are that may match, in the order of this index, found one by one as they are asked for. */
    Stream<Integer> positions(Document conditions) {
        int given = given(conditions);
        KeyValue start = new KeyValue(start(conditions)).normalized();
        return positions.tailMap(start, true).entrySet().stream()
                .takeWhile(entry -> startsAlike(entry.getKey(), start, given))
                .map(Map.Entry::getValue)
                .distinct();
    }

    private static boolean startsAlike(KeyValue one, KeyValue other, int fields) {
        for (int i = 0; i < fields; i++) {
            if (ValueComparator.asc().compare(one.get(i), other.get(i)) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether the documents come in this order already, the fields with a given value being equal in all of them. */
    boolean isOrderedBy(@Nullable Document order, Document conditions) {
        if (order == null) {
            return true;
        }
        int next = given(conditions);
        for (var field : order.entrySet()) {
            if (isValue(conditions.get(field.getKey()))) {
                continue;
            }
            if (next == getKeys().size()) {
                return false;
            }
            IndexKey key = getKeys().get(next++);
            boolean ascending = field.getValue() instanceof Number n && n.intValue() > 0;
            if (!key.getKey().equals(field.getKey()) || key.isAscending() != ascending) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean isUnique() {
        return false;
    }

    /** Two documents never have the same key. */
    @Override
    public void checkAdd(Document document, MongoCollection<Integer> collection) {}

    /** See {@link #checkAdd}. */
    @Override
    public void checkUpdate(Document before, Document after, MongoCollection<Integer> collection) {}

    /** Leaves it to the index of ids, which finds it by a hash. */
    @Override
    public @Nullable Integer getPosition(Document document) {
        return null;
    }

    /** Most changes leave the key as it is. */
    @Override
    public void updateInPlace(Document before, Document after, Integer position, MongoCollection<Integer> collection) {
        if (!keys().stream().allMatch(field -> isSame(field, before, after))) {
            super.updateInPlace(before, after, position, collection);
        }
    }

    private static boolean isSame(String field, Document before, Document after) {
        return field.indexOf('.') < 0 && Objects.equals(before.get(field), after.get(field));
    }

    @Override
    public long getCount() {
        return positions.size();
    }

    @Override
    public long getDataSize() {
        return getCount();
    }

    @Override
    protected Integer removeDocument(KeyValue key) {
        return positions.remove(key);
    }

    @Override
    protected boolean putKeyPosition(KeyValue key, Integer position) {
        return positions.putIfAbsent(key, position) == null;
    }

    @Override
    protected @Nullable Integer getPosition(KeyValue key) {
        return positions.get(key);
    }

    @Override
    protected Iterable<Map.Entry<KeyValue, Integer>> getIterable() {
        return positions.entrySet();
    }
}
