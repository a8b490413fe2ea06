// The journey with the client that OpenAPI Generator makes for TypeScript. Arguments: origin, email, number; input: the mailed code.
import { createInterface } from 'node:readline/promises';
import { Configuration, ConfirmationApi, ResponseError, SignInApi, UserApi } from './index.js';

const [basePath, email, number] = process.argv.slice(2) as [string, string, string];
const password = 'blue kettle 47';

const stranger = new Configuration({ basePath });
const registrationBody = { surname: 'Petrova', name: 'Anna', patronymic: null, email, number, password };
console.log('registered', (await new UserApi(stranger).register({ registrationBody })).email);

const signIn = new SignInApi(stranger);
const first = await signIn.signIn({ signInBody: { number, password } });
const tokens = await signIn.refresh({ refreshBody: { refresh: first.refresh } });

const signedIn = new Configuration({ basePath, accessToken: tokens.access });
const users = new UserApi(signedIn);
const changed = await users.change({ changeBody: { address: '1 Main Street' } });
console.log(changed.success['Address']);
const confirmation = new ConfirmationApi(signedIn);
await confirmation.verifyEmail();
const input = createInterface(process.stdin);
for await (const code of input) {
  await confirmation.acceptEmail({ codeBody: { code } });
  break;
}
input.close();

const profile = await users.profile();
console.log(`lives at ${profile.address}, confirmed: ${profile.confirmedEmail}`);
const executors = await users.executors({ limit: 1, after: profile.id - 1 });
console.log('listed:', executors.some((executor) => executor.id === profile.id));
await users.erase();
await users.profile().catch((e) => console.log('then', (e as ResponseError).response.status));
