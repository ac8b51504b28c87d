using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Platform;
using Esb.Cli.Tests.Revisions;
using Esb.Interpreters;

namespace Esb.Cli.Tests.Deploying;

/// <summary>
/// A function whose runtime this machine runs with another version of the interpreter is a warning of a deploy, and an
/// error of a strict one.
/// </summary>
internal sealed class RuntimeCheckTests
{
    [Test]
    [Arguments(
        "python3.14",
        "/usr/bin/python3",
        "3.11.2",
        "this machine runs it on Python 3.11.2 (/usr/bin/python3)",
        "name python3.11 in the template")]
    [Arguments("python3.9", "/usr/bin/python3", "3.11.2", "this machine runs it on Python 3.11.2", "put Python 3.9 on "
        + "the PATH of esb-agent")]
    [Arguments(
        "nodejs24.x",
        "/usr/bin/node",
        "20.20.2",
        "this machine runs it on Node.js 20.20.2 (/usr/bin/node)",
        "name nodejs20.x in the template")]
    [Arguments("nodejs18.x", "/usr/bin/node", "20.20.2", "this machine runs it on Node.js 20.20.2", "put Node.js 18 on "
        + "the PATH of esb-agent")]
    [Arguments("python3.12", null, null, "this machine has no Python, so nothing can start", "put Python 3.12 on "
        + "the PATH of esb-agent")]
    public async Task An_older_or_newer_interpreter_is_reported(
        string runtime,
        string? path,
        string? version,
        string message,
        string help)
    {
        var said = RuntimeCheck.Of(runtime, ["a", "b"], WantedInterpreter.Of(runtime)!, path is null
            ? null
            : new Interpreter(path, version!))!;
        await Assert.That(said.Message).StartsWith($"runtime {runtime} of a, b: ").And.Contains(message);
        await Assert.That(said.Help).Contains(help);
    }

    [Test]
    [Arguments("python3.11", "3.11.9")]
    [Arguments("nodejs20.x", "20.1.0")]
    public async Task The_patch_of_a_version_does_not_matter(string runtime, string version) =>
        await Assert.That(RuntimeCheck.Of(
            runtime, ["a"], WantedInterpreter.Of(runtime)!, new Interpreter("/bin/x", version))).IsNull();

    [Test]
    public async Task A_deploy_warns_about_another_interpreter_and_a_strict_one_is_refused()
    {
        using var project = new RevisionFixture();
        var interpreters = new MachineInterpreters(null, CancellationToken.None);
        var found = await Task.WhenAll(Enumerable.Range(8, 7)
            .Select(minor => new WantedInterpreter(Language.Python, $"3.{minor}"))
            .Select(async wanted =>
                (wanted.Version, IsHere: await interpreters.FindAsync(wanted) is { } one && wanted.IsMetBy(one))));
        foreach (var (version, isHere) in new[] { found.First(f => f.IsHere), found.First(f => !f.IsHere) })
        {
            project.Write("src/app.py", "def handler(event, context): return 1\n");
            project.Write(
                "template.yaml",
                $"Transform: AWS::Serverless-2016-10-31\nResources:\n  F: {{ Type: AWS::Serverless::Function, "
                    + $"Properties: {{ CodeUri: src, Handler: app.handler, Runtime: python{version} }} }}\n");
            string[] deploy = ["deploy", "-t", project.At("template.yaml"), "-o", project.At("out"), "--dry-run"];
            var warned = await project.EsbAsync(deploy);
            await Assert.That((warned.ExitCode, warned.Error.Contains(
                $"warning: runtime python{version} of F: this machine runs it on Python",
                StringComparison.Ordinal))).IsEqualTo((0, !isHere)).Because(warned.ToString());
            var strict = await project.EsbAsync([.. deploy, "--strict"]);
            await Assert.That((strict.ExitCode, strict.Error.Contains(
                $"error: runtime python{version} of F",
                StringComparison.Ordinal))).IsEqualTo(isHere ? (0, false) : (1, true)).Because(strict.ToString());
        }
    }
}
