using System.Text.Json;
using Esb.Agent.Tests.Driving;

namespace Esb.Agent.Tests.Workers;

/// <summary>
/// What a Python function can import in addition to its own packages: those of Lambda, or all of the machine's.
/// </summary>
public sealed class PackageTests
{
    // Runs the query in this process, and in the same interpreter without the bootstrap.
    private const string Code = """
        import importlib.metadata, os, subprocess, sys
        NAMES = ["json", "sqlite3", "boto3", "botocore.session", "s3transfer", "jmespath", "dateutil.parser",
                 "urllib3", "six.moves", "pip"]
        def here(name):
            try: __import__(name)
            except ImportError: return False
            return True
        def machine(name):
            command = [sys.executable, "-c", "import " + name]
            return subprocess.run(command, capture_output=True).returncode == 0
        def version(name):
            try: return importlib.metadata.version(name)
            except importlib.metadata.PackageNotFoundError: return None
        def handler(event, context):
            return {
                "here": {n: here(n) for n in NAMES},
                "machine": {n: machine(n) for n in NAMES},
                "versions": {n: version(n) for n in ["boto3", "python-dateutil", "pip"]},
                "path": sys.path,
            }
        """;

    [Test]
    public async Task A_Python_function_sees_the_SDK_of_the_machine_and_no_other_package()
    {
        await using var stage = await Stage.SetAsync();
        var answer = await AnswerAsync(stage);
        var (here, machine) = (answer.GetProperty("here"), answer.GetProperty("machine"));
        await Assert.That(machine.GetProperty("pip").GetBoolean()).IsTrue();
        await Assert.That(here.GetProperty("pip").GetBoolean()).IsFalse();
        foreach (var name in (string[])[
            "json", "sqlite3", "boto3", "botocore.session", "s3transfer", "jmespath", "dateutil.parser", "urllib3",
            "six.moves",
        ])
            await Assert.That(here.GetProperty(name).GetBoolean()).IsEqualTo(machine.GetProperty(name).GetBoolean())
                .Because(name);
        await Assert.That(answer.GetProperty("versions").GetProperty("boto3").ValueKind)
            .IsEqualTo(machine.GetProperty("boto3").GetBoolean() ? JsonValueKind.String : JsonValueKind.Null);
        await Assert.That(answer.GetProperty("versions").GetProperty("pip").ValueKind).IsEqualTo(JsonValueKind.Null);
        await Assert.That(answer.GetProperty("path").EnumerateArray()
            .Any(p => p.GetString()!.Contains("-packages", StringComparison.Ordinal))).IsFalse();
    }

    [Test]
    public async Task The_SDK_of_a_distribution_finds_the_packages_that_it_imports_and_a_function_does_not()
    {
        await using var stage = await Stage.SetAsync();
        // As in Debian: botocore imports requests, which imports its own dependencies.
        stage.Folder.Folder("machine", "botocore.py", "import requests\n");
        stage.Folder.Folder("machine", "requests.py", "import chardet\n");
        var machine = stage.Folder.Folder("machine", "chardet.py", "");
        var worker = await stage.PythonAsync($"""
            import sys, esb_runtime_packages
            sys.path[:] = esb_runtime_packages.hide(sys.path + [{JsonSerializer.Serialize(machine)}])
            def here(name):
                try: __import__(name)
                except ImportError: return False
                return True
            def handler(event, context): return [here(name) for name in ("chardet", "requests", "botocore")]
            """);
        await Assert.That((await stage.Api.InvokeAsync(worker.Address, "{}")).Body).IsEqualTo("[false, false, true]");
    }

    [Test]
    public async Task With_the_setting_machine_a_Python_function_sees_all_packages_of_the_machine()
    {
        await using var stage = await Stage.SetAsync(("PYTHON_PACKAGES", "machine"));
        var answer = await AnswerAsync(stage);
        await Assert.That(answer.GetProperty("here").GetRawText())
            .IsEqualTo(answer.GetProperty("machine").GetRawText());
        await Assert.That(answer.GetProperty("here").GetProperty("pip").GetBoolean()).IsTrue();
    }

    [Test]
    public async Task A_function_s_own_packages_and_its_PYTHONPATH_come_before_the_SDK()
    {
        await using var stage = await Stage.SetAsync();
        var folder = stage.Folder.Folder(
            "code", "app.py", "import boto3, extra\ndef handler(event, context): return [boto3.own, extra.text]\n");
        stage.Folder.Folder("code", "boto3.py", "own = 'mine'\n");
        var request = stage.Session.Request("python3.12", folder, "app.handler", stage.Api);
        request.Environment["PYTHONPATH"] = stage.Folder.Folder("site-packages", "extra.py", "text = 'given'\n");
        var started = await stage.Session.StartAsync(request);
        await Assert.That((await stage.Api.InvokeAsync(started.Address, "{}")).Body).IsEqualTo("""["mine", "given"]""");
    }

    [Test]
    public async Task A_setting_other_than_lambda_or_machine_stops_the_agent()
    {
        using var folder = new TemporaryFolder();
        var (exitCode, error) = await RunningAgent.RunAsync(folder.File("agent.sock"), ("PYTHON_PACKAGES", "all"));
        await Assert.That(exitCode).IsEqualTo(2);
        await Assert.That(error).Contains("PYTHON_PACKAGES is 'all'; allowed: lambda");
    }

    private static async Task<JsonElement> AnswerAsync(Stage stage)
    {
        var worker = await stage.PythonAsync(Code);
        var answer = await stage.Api.InvokeAsync(worker.Address, "{}");
        await Assert.That(answer.Kind).IsEqualTo("response").Because(answer.Body);
        return answer.Json;
    }
}
