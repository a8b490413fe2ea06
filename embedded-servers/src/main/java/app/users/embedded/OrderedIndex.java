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

/** An index that is not unique, over ascending fields, kept in their order; the {@code _id} at its end tells equals apart. */
@SuppressWarnings("NullAway") // the emulator is not annotated
final class OrderedIndex extends AbstractUniqueIndex<Integer> {

    private static final String ID = "_id";

    private final ConcurrentSkipListMap<KeyValue, Integer> positions =
            new ConcurrentSkipListMap<>(OrderedIndex::compare);

    OrderedIndex(String name, List<IndexKey> keys) {
        super(name, withId(keys), false);
    }

    private static List<IndexKey> withId(List<IndexKey> keys) {
        List<IndexKey> all = new ArrayList<>(keys);
        if (keys.stream().noneMatch(key -> key.getKey().equals(ID))) {
            all.add(new IndexKey(ID, true));
        }
        return all;
    }

    /** Field by field; what is shorter comes before all that begins with it. */
    private static int compare(KeyValue one, KeyValue other) {
        int order = compare(one, other, Math.min(one.size(), other.size()));
        return order == 0 ? Integer.compare(one.size(), other.size()) : order;
    }

    private static int compare(KeyValue one, KeyValue other, int fields) {
        int order = 0;
        for (int i = 0; i < fields && order == 0; i++) {
            order = ValueComparator.asc().compare(one.get(i), other.get(i));
        }
        return order;
    }

    static boolean isValue(@Nullable Object condition) {
        return condition != null
                && !(condition instanceof Document)
                && !(condition instanceof Collection)
                && !(condition instanceof BsonRegularExpression);
    }

    /** By how many fields a search through this index is narrower than one through all documents. */
    int narrows(Document conditions) {
        return start(conditions).size();
    }

    /** How many of the first fields have a given value. */
    private int given(Document conditions) {
        int given = 0;
        while (given < keys().size() && isValue(conditions.get(keys().get(given)))) {
            given++;
        }
        return given;
    }

    /** The given values of the first fields, and the lower bound of the next one. */
    private List<Object> start(Document conditions) {
        int given = given(conditions);
        List<Object> start = new ArrayList<>();
        keys().subList(0, given).forEach(field -> start.add(conditions.get(field)));
        if (given < keys().size()
                && conditions.get(keys().get(given)) instanceof Document range
                && isValue(range.get("$gt"))) {
            start.add(range.get("$gt"));
        }
        return start;
    }

    /** Where the documents are that may match, in the order of this index, found one by one as they are asked for. */
    Stream<Integer> positions(Document conditions) {
        KeyValue start = new KeyValue(start(conditions)).normalized();
        int given = given(conditions);
        return positions.tailMap(start, true).entrySet().stream()
                .takeWhile(entry -> compare(entry.getKey(), start, given) == 0)
                .map(Map.Entry::getValue)
                .distinct();
    }

    /** Whether the documents come in this order already, the fields with a given value being equal in all of them. */
    boolean isOrderedBy(@Nullable Document order, Document conditions) {
        if (order == null) {
            return true;
        }
        List<String> wanted = order.keySet().stream()
                .filter(field -> !isValue(conditions.get(field)))
                .toList();
        List<String> left = keys().subList(given(conditions), keys().size());
        return order.values().stream().allMatch(Integer.valueOf(1)::equals)
                && wanted.equals(left.subList(0, Math.min(wanted.size(), left.size())));
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
        if (!keys().stream().allMatch(field -> Objects.equals(before.get(field), after.get(field)))) {
            super.updateInPlace(before, after, position, collection);
        }
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
