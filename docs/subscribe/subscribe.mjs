import { Consumer, stringDeserializers } from '@platformatic/kafka'

const consumer = new Consumer({
  groupId: 'my-other-service',
  clientId: 'my-other-service',
  bootstrapBrokers: [process.argv[2]],
  deserializers: stringDeserializers
})
const events = await consumer.consume({ topics: ['users.events'], mode: 'committed', fallbackMode: 'earliest' })
for await (const { key, value, headers } of events) {
  if (key.startsWith('_')) continue // carries no event
  if (!value) continue // erased: forget what you keep of this key
  console.log(JSON.stringify({
    type: headers.get('ce_type'),
    subject: headers.get('ce_subject'),
    sequence: Number(headers.get('ce_sequence')),
    value: JSON.parse(value)
  }))
}
