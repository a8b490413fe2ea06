import client.ApiClient;
import client.ApiException;
import client.api.ConfirmationApi;
import client.api.SignInApi;
import client.api.UserApi;
import client.model.ChangeBody;
import client.model.CodeBody;
import client.model.CodeBodyCode;
import client.model.Profile;
import client.model.RefreshBody;
import client.model.RegistrationBody;
import client.model.SignInBody;
import client.model.Tokens;
import java.util.Scanner;

/** The journey with the client that OpenAPI Generator makes for Java. Arguments: origin, email, number; input: the mailed code. */
public class Journey {

    private static final String PASSWORD = "blue kettle 47";

    public static void main(String[] args) throws ApiException {
        ApiClient client = new ApiClient();
        client.updateBaseUri(args[0]);
        RegistrationBody person = new RegistrationBody()
                .surname("Petrova")
                .name("Anna")
                .patronymic(null)
                .email(args[1])
                .number(args[2])
                .password(PASSWORD);
        System.out.println("registered " + new UserApi(client).register(person, null, null, null).getEmail());

        SignInApi signIn = new SignInApi(client);
        Tokens first = signIn.signIn(new SignInBody().number(args[2]).password(PASSWORD), null);
        Tokens tokens = signIn.refresh(new RefreshBody().refresh(first.getRefresh()), null);
        client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + tokens.getAccess()));

        UserApi users = new UserApi(client);
        ChangeBody change = new ChangeBody().address("1 Main Street");
        System.out.println(users.change(change, null, null, null, null).getSuccess().get("Address"));
        ConfirmationApi confirmation = new ConfirmationApi(client);
        confirmation.verifyEmail(null, null);
        String code = new Scanner(System.in).nextLine();
        confirmation.acceptEmail(new CodeBody().code(new CodeBodyCode(code)), null);

        Profile profile = users.profile(null, null, null);
        System.out.println("lives at " + profile.getAddress() + ", confirmed: " + profile.getConfirmedEmail());
        boolean listed = users.executors(null, 1, profile.getId() - 1, null).stream()
                .anyMatch(executor -> executor.getId().equals(profile.getId()));
        System.out.println("listed: " + listed);
        users.erase(null, null, null, null);
        try {
            users.profile(null, null, null);
        } catch (ApiException e) {
            System.out.println("then " + e.getCode());
        }
    }
}
