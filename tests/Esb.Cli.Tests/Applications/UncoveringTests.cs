using static Esb.Cli.Tests.Applications.ApplicationFolder;

namespace Esb.Cli.Tests.Applications;

/// <summary>
/// What is reported when the removal of something leaves routes of other applications without a guard or gives them its
/// requests, and when defaults of one application apply to functions of another.
/// </summary>
internal sealed class UncoveringTests : IDisposable
{
    private const string Keyed = "Auth: { ApiKeyRequired: true }";

    private readonly ApplicationFolder _folder = new();

    [Test]
    [Arguments("GET /a", Keyed, "ANY /{proxy+}", "", true)]
    [Arguments("GET /a", Keyed, "GET /{x}", "", true)]
    [Arguments("GET /a", "", "ANY /{proxy+}", "", false)]
    [Arguments("GET /a", Keyed, "ANY /{proxy+}", Keyed, false)]
    [Arguments("GET /a", Keyed, "POST /{proxy+}", "", false)]
    [Arguments("GET /a", Keyed, "ANY /b/{proxy+}", "", false)]
    public async Task The_removal_of_a_guarded_route_reports_the_open_route_of_another_application_behind_it(
        string route,
        string auth,
        string other,
        string otherAuth,
        bool isTold)
    {
        await DeployAsync("mine", Function("Mine", route, auth) + Function("Stays", "GET /stays"));
        await DeployAsync("theirs", Function("Theirs", other, otherAuth));
        var said = $"{route} of application 'mine' is removed, and its requests reach {other} of application 'theirs', "
            + "which has no guard";
        var removal = await _folder.EsbAsync("remove", "mine", "--dry-run");
        await Assert.That(removal.Error.Contains("warning: " + said, StringComparison.Ordinal)).IsEqualTo(isTold);
        string[] prune = ["--stack", "mine", "--prune"];
        var strict = await DeployAsync("mine", Function("Stays", "GET /stays"), [.. prune, "--strict"]);
        await Assert.That((strict.ExitCode, strict.Error.Contains("error: " + said, StringComparison.Ordinal)))
            .IsEqualTo((isTold ? 1 : 0, isTold));
        var pruned = await DeployAsync("mine", Function("Stays", "GET /stays"), prune);
        await Assert.That((pruned.ExitCode, pruned.Error.Contains("warning: " + said, StringComparison.Ordinal)))
            .IsEqualTo((0, isTold));
        if (!isTold)
            return;

        // A rollback restores it without a message, and the next change reports it again.
        await Assert.That((await _folder.EsbAsync("rollback")).Error).DoesNotContain("which has no guard");
        await Assert.That((await _folder.EsbAsync("rollback", "--dry-run")).Error).Contains(said);
        await Assert.That((await _folder.EsbAsync("remove", "--route", route, "--yes")).Error).Contains(said);
    }

    [Test]
    public async Task The_removal_of_a_function_with_a_URL_reports_the_route_that_gets_its_requests()
    {
        await DeployAsync("mine", Function("Mine", "GET /a", "", "FunctionUrlConfig: { AuthType: NONE }"));
        await DeployAsync("theirs", Function("Theirs", "ANY /{proxy+}"));
        await Assert.That((await _folder.EsbAsync("remove", "mine", "--dry-run")).Error)
            .Contains("ANY /_url/Mine, ANY /_url/Mine/{proxy+} of application 'mine' are removed, "
                + "and their requests reach ANY /{proxy+} of application 'theirs', which has no guard");
    }

    [Test]
    [Arguments("ANY /_url/Mine/{proxy+}")]
    [Arguments("ANY /_url/Mine/{rest+}")]
    [Arguments("ANY /_url/Mine")]
    public async Task An_open_route_for_the_URL_of_a_function_of_another_application_is_refused_as_a_takeover(
        string route)
    {
        await DeployAsync("mine", Function("Mine", "GET /a", "", "FunctionUrlConfig: { AuthType: NONE }"));
        var template = Function("Theirs", route);
        var strict = await DeployAsync("theirs", template, "--strict");
        await Assert.That(strict.ExitCode).IsEqualTo(1);
        await Assert.That(strict.Error).Contains($"error: {route} of application 'mine' was the URL of a function, "
            + "and becomes an open route of application 'theirs'");
        await Assert.That((await DeployAsync("theirs", template, "--no-takeover")).ExitCode).IsEqualTo(1);
        await Assert.That((await DeployAsync("theirs", template, "--dry-run")).Error)
            .Contains("was the URL of a function");

        // An application that takes the function over takes its URL over.
        await Assert.That((await DeployAsync(
            "third", Function("Mine", "GET /third", "", "FunctionUrlConfig: { AuthType: NONE }"))).Error)
            .DoesNotContain("was the URL of a function");
    }

    [Test]
    public async Task The_removal_of_a_function_reports_the_routes_of_other_applications_that_it_guards()
    {
        await DeployAsync("mine", Function("Gate") + Function("Own", "GET /own"));
        await DeployAsync("theirs", Guarded("arn:aws:lambda:us-east-1:000000000000:function:Gate")
            + Function("Theirs", "GET /theirs", "RestApiId: !Ref Api"));
        const string Said = "GET /theirs is guarded by 'Gate', which is removed: the route is closed";
        await Assert.That((await _folder.EsbAsync("remove", "mine", "--dry-run")).Error).Contains("warning: " + Said);
        await Assert.That((await _folder.EsbAsync("remove", "--function", "Gate", "--dry-run")).Error)
            .Contains("warning: " + Said);
        var strict = await DeployAsync("mine", Function("Own", "GET /own"), "--stack", "mine", "--prune", "--strict");
        await Assert.That((strict.ExitCode, strict.Error.Contains("error: " + Said, StringComparison.Ordinal)))
            .IsEqualTo((1, true));
    }

    [Test]
    public async Task Routes_that_a_takeover_closed_are_reported_when_their_guard_is_removed_completely()
    {
        await DeployAsync(
            "mine",
            Guarded("!GetAtt Gate.Arn") + Function("Gate") + Function("Mine", "GET /mine", "RestApiId: !Ref Api"));
        await Assert.That((await DeployAsync("theirs", Function("Gate"))).Error).Contains(
            "GET /mine of application 'mine' is guarded by 'Gate', which belongs to application 'theirs' now");
        await Assert.That((await _folder.EsbAsync("remove", "theirs", "--yes")).Error)
            .Contains("GET /mine is guarded by 'Gate', which is removed");
    }

    [Test]
    public async Task Defaults_of_another_application_are_reported_by_the_deploy_of_a_function_that_they_apply_to()
    {
        const string Defaults =
            "Metadata: { ESB: { Defaults: { timeout: 7, environment: { PYTHONPATH: /elsewhere } } } }\n";
        await Assert.That((await DeployAsync("first", Function("First") + Defaults, "--strict")).ExitCode).IsEqualTo(0);
        const string Said = "the defaults environment.PYTHONPATH, timeout, which application 'first' added, "
            + "apply to the functions of this deploy too";
        var strict = await DeployAsync("second", Function("Second"), "--strict");
        await Assert.That((strict.ExitCode, strict.Error.Contains("error: " + Said, StringComparison.Ordinal)))
            .IsEqualTo((1, true));
        await Assert.That(strict.Error).DoesNotContain("/elsewhere");

        // Defaults do not apply to settings that a function has itself.
        var own = await DeployAsync(
            "second",
            Function("Second", null, "", "Timeout: 3")
                + "      Environment: { Variables: { PYTHONPATH: /var/task } }\n",
            "--strict");
        await Assert.That((own.ExitCode, own.Error.Contains("added", StringComparison.Ordinal)))
            .IsEqualTo((0, false));

        // An application's own defaults are not reported, nor are those of the platform, nor what was reported before.
        await Assert.That(
            (await DeployAsync("first", Function("First") + Function("More") + Defaults, "--strict")).ExitCode)
            .IsEqualTo(0);
        await Assert.That((await DeployAsync("third", Function("Third"))).Error).Contains("warning: " + Said);
        await Assert.That((await DeployAsync("third", Function("Third", "GET /third"), "--strict")).ExitCode)
            .IsEqualTo(0);
        await _folder.EsbAsync("remove", "first", "--yes");
        await Assert.That((await DeployAsync("fourth", Function("Fourth"), "--strict")).Error)
            .Contains("error: " + Said);
        _folder.Write("config/functions.yml", "defaults: { memory_size: 256 }\nfunctions: {}\n");
        await Assert.That((await DeployAsync("fifth", Function("Fifth"), "--strict", "--allow-loss")).ExitCode)
            .IsEqualTo(0);
    }

    public void Dispose() => _folder.Dispose();

    private static string Guarded(string function) =>
        $"  Api: {{ Type: AWS::Serverless::Api, Properties: {{ StageName: Prod, Auth: {{ DefaultAuthorizer: L, "
            + $"Authorizers: {{ L: {{ FunctionArn: {function} }} }} }} }} }}\n";

    private Task<(int ExitCode, string Output, string Error)> DeployAsync(
        string folder,
        string resources,
        params string[] more)
    {
        _folder.Write(folder + "/template.yaml", Head + resources);
        return _folder.DeployAsync(folder, more);
    }
}
