import { Consumer, stringDeserializers } from '@platformatic/kafka'

const consumer = new Consumer({
  groupId: 'my-other-service',
  clientId: 'my-other-service',
  bootstrapBrokers: [process.argv[2]],
  deserializers: stringDeserializers
})
const last = new Map() // the last version of each user
const early = new Map() // events that came before their turn, by user and version
// each start reads from the beginning
const events = await consumer.consume({ topics: ['users.events'], mode: 'earliest', autocommit: false })
for await (const { key, value, headers } of events) {
  if (key.startsWith('_')) continue // carries no event
  if (!value) continue // erased: forget what you keep of this key
  const user = headers.get('ce_subject')
  const version = Number(headers.get('ce_sequence'))
  if (version <= (last.get(user) ?? 0)) continue // seen before
  const waiting = early.get(user) ?? new Map()
  early.set(user, waiting)
  if (headers.get('ce_type') === 'user.erased.v1') { // the end, whatever is missing before it
    waiting.clear()
    last.set(user, version - 1)
  }
  waiting.set(version, { type: headers.get('ce_type'), subject: user, sequence: version, value: JSON.parse(value) })
  for (let next = (last.get(user) ?? 0) + 1; waiting.has(next); next++) {
    console.log(JSON.stringify(waiting.get(next)))
    waiting.delete(next)
    last.set(user, next)
  }
  if (waiting.size === 0) early.delete(user)
}
