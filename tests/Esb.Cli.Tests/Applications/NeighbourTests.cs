using static Esb.Cli.Tests.Applications.ApplicationFolder;

namespace Esb.Cli.Tests.Applications;

/// <summary>
/// The effect of a deploy on applications whose names it does not take over: on their requests and the defaults of
/// their functions; and routes of its own that it leaves open.
/// </summary>
internal sealed class NeighbourTests : IDisposable
{
    private readonly ApplicationFolder _folder = new();

    [Test]
    [Arguments("POST /st", "ANY /st", "Auth: { ApiKeyRequired: true }", true, true)]
    [Arguments("GET /_url/Mine", "ANY /_url/Mine", "", true, true)]
    [Arguments("ANY /_url/Mine/{x}", "ANY /_url/Mine/{proxy+}", "", true, true)]
    [Arguments("GET /open/a", "GET /open/{x}", "", true, false)]
    [Arguments("GET /admin/a", "ANY /admin/{proxy+}", "Auth: { ApiKeyRequired: true }", true, true)]
    [Arguments("GET /any", "ANY /{proxy+}", "Auth: { ApiKeyRequired: true }", false, false)]
    [Arguments("GET /{proxy+}", "ANY /{proxy+}", "Auth: { ApiKeyRequired: true }", true, true)]
    [Arguments("ANY /{x}/{rest+}", "ANY /{proxy+}", "Auth: { ApiKeyRequired: true }", true, true)]
    [Arguments("GET /{x}", "ANY /{proxy+}", "Auth: { ApiKeyRequired: true }", true, true)]
    [Arguments("GET /{x}", "ANY /{proxy+}", "", true, false)]
    [Arguments("ANY /a/{x}/{rest+}", "ANY /a/{proxy+}", "Auth: { ApiKeyRequired: true }", true, true)]
    [Arguments("ANY /a/{rest+}", "ANY /{proxy+}", "Auth: { ApiKeyRequired: true }", false, false)]
    public async Task A_route_that_takes_requests_of_another_application_is_named_and_refused_as_a_takeover(
        string route,
        string other,
        string auth,
        bool takes,
        bool isDangerous)
    {
        await DeployAsync("mine", Function(
            "Mine",
            other.Contains("_url", StringComparison.Ordinal) ? "GET /elsewhere" : other,
            auth,
            "FunctionUrlConfig: { AuthType: NONE }"));
        var template = Function("Theirs", route);
        var preview = await DeployAsync("theirs", template, "--dry-run");
        var said = $"{route} comes before {other}";
        await Assert.That(isDangerous ? preview.Error : preview.Output).Contains(said);
        await Assert.That((await DeployAsync("theirs", template, "--strict", "--dry-run")).ExitCode)
            .IsEqualTo(isDangerous ? 1 : 0);
        var refused = await DeployAsync("theirs", template, "--no-takeover", "--dry-run");
        await Assert.That((refused.ExitCode, IsTakenFrom(refused.Error, other, route)))
            .IsEqualTo(takes ? (1, true) : (0, false));
        var deployed = await DeployAsync("theirs", template);
        await Assert.That(deployed.ExitCode).IsEqualTo(0);
        await Assert.That(deployed.Output + deployed.Error).Contains(said);
        await Assert.That((await _folder.EsbAsync("doctor")).Output.Contains("comes before", StringComparison.Ordinal))
            .IsEqualTo(isDangerous);
        // Only once: the next deploy of the same template changes nothing.
        await Assert.That((await DeployAsync("theirs", template)).Output).DoesNotContain("comes before");
    }

    // A function's URL has two routes, and both may lose requests.
    private static bool IsTakenFrom(string error, string other, string route) =>
        error.Contains($"requests to {other}", StringComparison.Ordinal)
            && error.Contains($" of application 'mine', by {route}", StringComparison.Ordinal);

    [Test]
    public async Task A_broad_route_is_reported_with_the_routes_of_others_that_come_before_it()
    {
        await DeployAsync("mine", Function("Mine", "GET /a") + Function("More", "GET /b"));
        var broad = await DeployAsync("site", Function("Site", "ANY /{proxy+}"), "--strict", "--no-takeover");
        await Assert.That(broad.ExitCode).IsEqualTo(0);
        await Assert.That(broad.Output).Contains("ANY /{proxy+} comes after GET /a, GET /b of application 'mine'");
        // A strict deploy fails if requests to a function URL are taken.
        await DeployAsync("sly", Function("Sly", "GET /_url/Late"));
        var url = await DeployAsync(
            "late", Function("Late", null, "", "FunctionUrlConfig: { AuthType: NONE }"), "--strict");
        await Assert.That(url.ExitCode).IsEqualTo(1);
        await Assert.That(url.Error)
            .Contains("error: ANY /_url/Late comes after GET /_url/Late of application 'sly'");
    }

    [Test]
    [Arguments("", "ANY $default", "ANY /{proxy+}", true)]
    [Arguments("", "ANY $default", "GET /{id}", true)]
    [Arguments("", "ANY $default", "GET /orders", false)]
    [Arguments(
        "Domain: { DomainName: a.example.com, CertificateArn: c, BasePath: "
            + "shop }", "ANY /shop/$default", "ANY /shop/{proxy+}", true)]
    [Arguments(
        "Domain: { DomainName: a.example.com, CertificateArn: c, BasePath: "
            + "shop }", "ANY /shop/$default", "GET /shop/orders", true)]
    public async Task A_route_of_another_application_that_takes_requests_from_a_guarded_default_route_is_reported(
        string domain,
        string fallback,
        string route,
        bool isDangerous)
    {
        var guarded = $$"""
              Web:
                Type: AWS::Serverless::HttpApi
                Properties:
                  {{domain}}
                  Auth: { DefaultAuthorizer: J, Authorizers: { J: { IdentitySource: $request.header.Authorization, JwtConfiguration: { issuer: 'https://id.example.com/', audience: [a] } } } }

            """ + Function("Mine") + "      Events: { E: { Type: HttpApi, Properties: { ApiId: !Ref Web } } }\n";
        await Assert.That((await DeployAsync("mine", guarded)).ExitCode).IsEqualTo(0);
        var template = Function("Theirs", route);
        var strict = await DeployAsync("theirs", template, "--strict");
        await Assert.That((strict.ExitCode, strict.Error.Contains(
            $"error: {route} comes before {fallback} of application 'mine'",
            StringComparison.Ordinal))).IsEqualTo((isDangerous ? 1 : 0, isDangerous));
        var refused = await DeployAsync("theirs", template, "--no-takeover");
        await Assert.That((refused.ExitCode, refused.Error.Contains(
            $"requests to {fallback} of application 'mine', by {route}",
            StringComparison.Ordinal))).IsEqualTo((isDangerous ? 1 : 0, isDangerous));
        await Assert.That((await DeployAsync("theirs", template, "--dry-run")).Error.Contains(
            $"warning: {route} comes before {fallback}", StringComparison.Ordinal)).IsEqualTo(isDangerous);
        // The same in the other order: the deploy of the guarded route reports that the guard does not apply to all
        // requests.
        await _folder.EsbAsync("remove", "mine", "--yes");
        await DeployAsync("theirs", template);
        var later = await DeployAsync("mine", guarded, "--strict");
        await Assert.That((later.ExitCode, later.Error.Contains(
            $"error: {fallback} comes after {route} of application 'theirs'",
            StringComparison.Ordinal))).IsEqualTo((isDangerous ? 1 : 0, isDangerous));
    }

    [Test]
    public async Task A_guarded_route_that_another_application_takes_over_and_opens_is_an_error_of_a_strict_deploy()
    {
        await DeployAsync("mine", Function("Mine", "ANY /{proxy+}", "Auth: { ApiKeyRequired: true }"));
        var guarded = await DeployAsync(
            "theirs", Function("Theirs", "ANY /{rest+}", "Auth: { ApiKeyRequired: true }"), "--strict", "--dry-run");
        await Assert.That(guarded.ExitCode).IsEqualTo(0);
        var open = await DeployAsync("theirs", Function("Theirs", "ANY /{rest+}"), "--strict");
        await Assert.That((open.ExitCode, open.Error.Contains(
            "error: ANY /{rest+} of application 'mine' was guarded, and becomes an open route of application 'theirs'",
            StringComparison.Ordinal))).IsEqualTo((1, true));
        await Assert.That((await DeployAsync("theirs", Function("Theirs", "ANY /{rest+}"))).Error)
            .Contains("warning: ANY /{rest+} of application 'mine' was guarded");
    }

    [Test]
    [Arguments(
        "GET",
        "error: GET /admin of no application was guarded, and becomes an open route of application 'mine'",
        "route GET /admin of no application, which is guarded")]
    [Arguments(
        "ANY",
        "error: GET /admin comes before ANY /admin of no application",
        "requests to ANY /admin of no application, by GET /admin")]
    public async Task A_guarded_route_that_was_written_by_hand_is_not_opened_without_a_message(
        string method,
        string said,
        string refused)
    {
        _folder.Write(
            "config/functions.yml", "functions:\n  f: { code: /nowhere, handler: a.b, runtime: python3.12 }\n");
        _folder.Write(
            "config/routing.yml",
            $"routes:\n  - {{ path: /admin, method: {method}, function: f, api_key_required: true }}\n");
        var template = Function("Mine", "GET /admin");
        var strict = await DeployAsync("mine", template, "--strict");
        await Assert.That((strict.ExitCode, strict.Error.Contains(said, StringComparison.Ordinal)))
            .IsEqualTo((1, true));
        var kept = await DeployAsync("mine", template, "--no-takeover");
        await Assert.That((kept.ExitCode, kept.Error.Contains(refused, StringComparison.Ordinal))).IsEqualTo((1, true));
        await Assert.That((await DeployAsync("mine", template)).ExitCode).IsEqualTo(0);
    }

    [Test]
    public async Task A_domain_with_client_certificates_closes_the_API_of_another_template_that_it_maps_to()
    {
        _folder.Write("a/template.yaml", Head + "  D: { Type: AWS::ApiGatewayV2::DomainName, Properties: { DomainName: "
            + "Api.example.com, MutualTlsAuthentication: { TruststoreUri: 's3://b/k' } } }\n" + Function("Other"));
        _folder.Write("b/template.yaml", Head + "  M: { Type: AWS::ApiGatewayV2::ApiMapping, Properties: { ApiId: "
            + "!Ref ServerlessRestApi, DomainName: api.example.com, Stage: Prod } }\n" + Function("Mine", "GET /mine"));
        foreach (var folder in (string[])["a", "b"])
            _folder.Write(folder + "/src/app.py", "def handler(event, context): return {}");
        foreach (var (first, second) in new[] { ("a", "b"), ("b", "a") })
        {
            var generated = await _folder.EsbAsync("deploy", "-t", _folder.At(
                first + "/template.yaml"), "-t", _folder.At(second + "/template.yaml"), "-o", _folder.At("out"));
            await Assert.That((generated.ExitCode, generated.Error.Contains(
                "warning: ServerlessRestApi: the routes are closed: its domain asks for client certificates",
                StringComparison.Ordinal))).IsEqualTo((0, true));
            await Assert.That(_folder.Read("routing.yml")).Contains("type: unsupported");
        }
    }

    [Test]
    public async Task Two_APIs_of_one_application_have_one_address_and_a_route_before_a_guard_of_the_other_is_reported()
    {
        static string Two(string auth) => $$"""
              Open: { Type: AWS::Serverless::Api, Properties: { StageName: Prod } }
              Guarded: { Type: AWS::Serverless::Api, Properties: { StageName: Prod{{auth}} } }

            """ + Function("Public", "GET /{proxy+}", "RestApiId: !Ref Open") + Function(
                "Private", "ANY /{proxy+}", "RestApiId: !Ref Guarded");
        var strict = await DeployAsync("two", Two(", Auth: { ApiKeyRequired: true }"), "--strict");
        await Assert.That((strict.ExitCode, strict.Error.Contains(
            "error: GET /{proxy+} comes before ANY /{proxy+} of the API 'Guarded'",
            StringComparison.Ordinal))).IsEqualTo((1, true));
        await Assert.That(strict.Error).DoesNotContain("comes after");
        var open = await DeployAsync("two", Two(""), "--strict", "--no-takeover");
        await Assert.That((open.ExitCode, open.Output.Contains(
            "GET /{proxy+} comes before ANY /{proxy+} of the API 'Guarded'",
            StringComparison.Ordinal))).IsEqualTo((0, true));
    }

    [Test]
    public async Task A_key_that_opens_routes_left_by_another_template_of_its_application_is_an_error_if_strict()
    {
        const string Key = "Auth: { ApiKeyRequired: true }";
        static string Api(string key) => $$"""
              Api: { Type: AWS::Serverless::Api, Properties: { StageName: Prod } }
              {{key}}: { Type: AWS::ApiGateway::ApiKey, Properties: { Name: {{key}}, Enabled: true, Value: {{key}}-0123456789abcdefghij } }
              Plan{{key}}: { Type: AWS::ApiGateway::UsagePlan, Properties: { ApiStages: [{ ApiId: !Ref Api, Stage: Prod }] } }
              Joins{{key}}: { Type: AWS::ApiGateway::UsagePlanKey, Properties: { KeyId: !Ref {{key}}, KeyType: API_KEY, UsagePlanId: !Ref Plan{{key}} } }

            """;
        await Assert.That((await DeployAsync(
            "one",
            Api("First") + Function("One", "GET /one", Key + ", RestApiId: !Ref Api"),
            "--stack",
            "app",
            "--strict")).ExitCode).IsEqualTo(0);
        var second = Api("Second") + Function("Two", "GET /two", Key + ", RestApiId: !Ref Api");
        var strict = await DeployAsync("two", second, "--stack", "app", "--strict");
        await Assert.That(strict.ExitCode).IsEqualTo(1);
        await Assert.That(strict.Error).Contains("error: the API key 'Second' opens GET /one of an earlier deploy, "
            + "or of another template, of application 'app' as well")
            .And.Contains("error: the API key 'First' of an earlier deploy, or of another template, "
                + "of application 'app' opens GET /two");
        await Assert.That((await DeployAsync("one", second, "--stack", "app", "--strict", "--prune")).ExitCode)
            .IsEqualTo(0);
        await Assert.That((await DeployAsync(
            "three",
            Api("Third") + Function("Three", "GET /three", Key + ", RestApiId: !Ref Api"),
            "--stack",
            "other",
            "--strict")).ExitCode).IsEqualTo(0);
        // The same if both are in one deploy.
        string[] both =
        [
            "deploy", "-t", _folder.At("two/template.yaml"), "-t", _folder.At("three/template.yaml"), "-o",
            _folder.At("out"), "--dry-run", "--strict", "--stack",
        ];
        var together = await _folder.EsbAsync([.. both, "both"]);
        await Assert.That((together.ExitCode, together.Error.Contains(
            $"API 'Api' is one with that of {_folder.At("three/template.yaml")}, so API keys of each open both",
            StringComparison.Ordinal))).IsEqualTo((2, true));
    }

    [Test]
    public async Task Open_routes_under_the_short_name_of_a_function_are_reported_once_its_qualified_name_is_guarded()
    {
        await DeployAsync("shop", Function("Hello", "GET /hello", "", "FunctionUrlConfig: { AuthType: NONE }")
            + Function("Other", "GET /other"));
        var guarded =
            Function("Hello", "ANY /v2/hello", "Auth: { ApiKeyRequired: true }") + Function("Other", "GET /moved");
        const string Said = "GET /hello, ANY /_url/Hello, ANY /_url/Hello/{proxy+} of an earlier deploy of application "
            + "'shop' stay open, while the template guards what they lead to";
        var strict = await DeployAsync("shop", guarded, "--qualified-names", "--strict");
        await Assert.That((strict.ExitCode, strict.Error.Contains("error: " + Said, StringComparison.Ordinal)))
            .IsEqualTo((1, true));
        await Assert.That(strict.Error).DoesNotContain("/other");
        await Assert.That((await DeployAsync("shop", guarded, "--qualified-names")).Error).Contains("warning: " + Said);
        var pruned = await DeployAsync("shop", guarded, "--qualified-names", "--strict", "--stack", "shop", "--prune");
        await Assert.That(pruned.ExitCode).IsEqualTo(0);
        await Assert.That(_folder.Read("routing.yml")).DoesNotContain("_url").And.DoesNotContain("path: /hello");

        // And in the other direction.
        var back = await DeployAsync(
            "shop",
            Function("Hello", "ANY /v3/hello", "Auth: { ApiKeyRequired: true }")
                + Function("Other", "GET /moved", "Auth: { ApiKeyRequired: true }"),
            "--strict");
        await Assert.That((back.ExitCode, back.Error.Contains("GET /moved", StringComparison.Ordinal)))
            .IsEqualTo((0, false));
        await DeployAsync(
            "shop", Function("Hello", null, "", "FunctionUrlConfig: { AuthType: NONE }"), "--qualified-names");
        await Assert.That((await DeployAsync(
            "shop", Function("Hello", "ANY /v3/hello", "Auth: { ApiKeyRequired: true }"), "--strict")).Error)
            .Contains("error: ANY /_url/shop-Hello, ANY /_url/shop-Hello/{proxy+} of an earlier deploy of application "
                + "'shop' stay open");
    }

    [Test]
    public async Task Routes_of_an_earlier_version_that_stay_open_next_to_a_guard_are_reported_and_pruned()
    {
        await DeployAsync(
            "st",
            Function("StF", "GET /st", "", "FunctionUrlConfig: { AuthType: NONE }") + Function("Other", "GET /other"));
        var guarded = Function("StF", "ANY /st", "Auth: { ApiKeyRequired: true }") + Function("Other", "GET /moved");
        var strict = await DeployAsync("st", guarded, "--strict");
        await Assert.That(strict.ExitCode).IsEqualTo(1);
        await Assert.That(strict.Error).Contains("error: GET /st, ANY /_url/StF, ANY /_url/StF/{proxy+} of an earlier "
            + "deploy of application 'st' stay open, while the template guards what they lead to")
            .And.Contains("esb deploy --stack st --prune removes them, or esb remove --route 'GET /st'")
            .And.DoesNotContain("/other");
        var pruned = await DeployAsync("st", guarded, "--strict", "--stack", "st", "--prune");
        await Assert.That(pruned.ExitCode).IsEqualTo(0);
        await Assert.That(File.ReadAllText(_folder.At("config/routing.yml"))).DoesNotContain("_url")
            .And.DoesNotContain("method: GET\n      function: StF");
    }

    [Test]
    public async Task Defaults_that_apply_to_functions_of_others_are_reported_and_so_are_those_left_by_a_removal()
    {
        const string Defaults = "Metadata: { ESB: { Defaults: { timeout: 1, environment: { A: hunter22 } } } }\n";
        await DeployAsync("dfl", Function("First"), "--strict", "--no-takeover");
        await DeployAsync("mine", Function("Mine"));
        var strict = await DeployAsync("dfl", Function("First") + Defaults, "--strict");
        await Assert.That(strict.ExitCode).IsEqualTo(1);
        await Assert.That(strict.Error).Contains(
            "the defaults environment.A, timeout of the template apply to the functions of other applications too")
            .And.DoesNotContain("hunter22");
        var refused = await DeployAsync("dfl", Function("First") + Defaults, "--no-takeover");
        await Assert.That(refused.ExitCode).IsEqualTo(1);
        await Assert.That(refused.Error).Contains("default timeout, for the functions of every application");
        await Assert.That((await DeployAsync("dfl", Function("First") + Defaults)).ExitCode).IsEqualTo(0);

        var changed = await DeployAsync(
            "dfl",
            Function("First") + Defaults.Replace("timeout: 1", "timeout: 20", StringComparison.Ordinal),
            "--strict");
        await Assert.That(changed.ExitCode).IsEqualTo(1);
        await Assert.That(changed.Error).Contains("the platform has the defaults timeout already and keeps them; "
            + "the template's values are not used");

        await Assert.That((await _folder.EsbAsync("remove", "dfl", "--dry-run")).Error)
            .Contains("the defaults environment.A, timeout, which application 'dfl' added, "
                + "stay and apply to the functions of every application");
        var removed = await _folder.EsbAsync("remove", "dfl", "--yes");
        await Assert.That(removed.Error)
            .Contains("the defaults environment.A, timeout, which application 'dfl' added, stay")
            .And.DoesNotContain("hunter22");
    }

    [Test]
    public async Task Two_projects_whose_functions_have_one_logical_id_run_side_by_side_with_qualified_names()
    {
        await DeployAsync("one", Function("Hello", "GET /one"), "--qualified-names", "--strict");
        // sam proposes the name sam-app for each project.
        _folder.Write(
            "two/samconfig.toml",
            "version = 0.1\n[default.deploy.parameters]\nstack_name = \"second\"\nqualified_names = true\n");
        var second = await DeployAsync("two", Function("Hello", "GET /two"), "--strict", "--no-takeover");
        await Assert.That(second.ExitCode).IsEqualTo(0);
        await Assert.That(second.Output).Contains("+ second-Hello").And.Contains("+ GET /two   → second-Hello");
        await Assert.That(File.ReadAllText(_folder.At("config/functions.yml"))).Contains("  one-Hello:")
            .And.Contains("  second-Hello:");
        await Assert.That((await _folder.EsbAsync("list")).Output).Contains("one          1")
            .And.Contains("second       1");

        _folder.Write("two/samconfig.toml", "[default.deploy.parameters]\nqualified_names = \"yes\"\n");
        var wrong = await DeployAsync("two", Function("Hello", "GET /two"));
        await Assert.That(
            (wrong.ExitCode, wrong.Error.Contains("'qualified_names' must be true or false", StringComparison.Ordinal)))
            .IsEqualTo((2, true));
    }

    [Test]
    public async Task The_history_has_only_the_named_application()
    {
        await DeployAsync("one", Function("One"));
        await DeployAsync("two", Function("Two"));
        await _folder.EsbAsync("remove", "one", "--yes");
        var one = (await _folder.EsbAsync("history", "--stack", "one"))
            .Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await Assert.That(string.Join(' ', one.Skip(1).Select(l => l[3]))).IsEqualTo("3 1");
        await Assert.That(one[1]).Contains("esb remove one").And.Contains(" one ");
        using var json = System.Text.Json.JsonDocument.Parse(
            (await _folder.EsbAsync("history", "--stack", "two", "--json")).Output);
        await Assert.That(json.RootElement.GetProperty("revisions").EnumerateArray().Single()
            .GetProperty("applications")[0].GetString()).IsEqualTo("two");
        await Assert.That((await _folder.EsbAsync("history", "--stack", "three")).Output)
            .StartsWith("No deploy of application 'three' among the 3 revisions");
    }

    public void Dispose() => _folder.Dispose();

    private Task<(int ExitCode, string Output, string Error)> DeployAsync(
        string folder,
        string resources,
        params string[] more)
    {
        _folder.Write(folder + "/template.yaml", Head + resources);
        return _folder.DeployAsync(folder, more);
    }
}
