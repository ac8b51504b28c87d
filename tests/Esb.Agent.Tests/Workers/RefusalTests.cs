using Esb.Agent.Tests.Driving;
using Esb.AgentProtocol;
using Grpc.Core;

namespace Esb.Agent.Tests.Workers;

public sealed class RefusalTests
{
    [Test]
    public async Task A_worker_that_cannot_be_started_is_refused_with_the_reason_and_the_remedy()
    {
        await using var stage = await Stage.SetAsync();
        var empty = Directory.CreateDirectory(stage.Folder.File("empty")).FullName;
        var plain = stage.Folder.Folder("plain", "bootstrap", "#!/bin/sh");
        var broken = stage.Folder.Folder("broken", "bootstrap", "#!/no/such/shell", executable: true);
        StartWorkerRequest Request(string runtime, string code, string handler) =>
            stage.Session.Request(runtime, code, handler, stage.Api);
        var nul = Request("provided", broken, "");
        nul.Environment["A"] = "b\0c";
        var port = Request("provided", broken, "");
        port.RuntimeApi = "gateway";

        await RefusedAsync(
            stage,
            Request("java21", empty, "a.b"),
            "the runtime java21 cannot be run as a process; process mode serves python3.x");
        await RefusedAsync(stage, Request("", empty, "a.b"), "names no runtime");
        await RefusedAsync(
            stage, Request("python3.12", "", "a.b"), "has a container image and no code, and process mode runs code");
        await RefusedAsync(
            stage,
            Request("python3.12", "/no/such/folder", "a.b"),
            "'/no/such/folder' does not exist; deploy orders again");
        await RefusedAsync(
            stage, Request("python3.12", empty, "app.handler"), $"needs {empty}/app.py, which does not exist");
        await RefusedAsync(
            stage, Request("nodejs20.x", empty, "src/app.handler"), $"needs {empty}/src/app.js, which does not exist");
        await RefusedAsync(stage, Request("nodejs20.x", empty, "handler"), "is not of the form file.function");
        await RefusedAsync(
            stage, Request("provided.al2", empty, ""), $"needs an executable file named bootstrap; {empty} has none");
        await RefusedAsync(stage, Request("provided.al2", plain, ""), "is not executable; chmod +x it");
        await RefusedAsync(
            stage,
            Request("provided.al2", broken, ""),
            $"cannot execute {broken}/bootstrap: No such file or directory");
        await RefusedAsync(stage, nul, "environment variable 'A' cannot be set");
        await RefusedAsync(stage, port, "runtime_api is 'gateway'; it must be host:port");
        await Assert.That(stage.Session.Events.Length).IsEqualTo(1);
    }

    [Test]
    public async Task A_missing_interpreter_is_an_error_that_says_how_to_install_it()
    {
        using var nothing = new TemporaryFolder();
        await using var stage = await Stage.SetAsync(("PATH", nothing.Path));
        var folder = stage.Folder.Folder("code", "app.py", "def handler(e, c): pass");
        stage.Folder.Folder("code", "app.js", "");

        await RefusedAsync(
            stage,
            stage.Session.Request("python3.12", folder, "app.handler", stage.Api),
            "python3.12 is not on this machine; apt-get install python3");
        await RefusedAsync(
            stage,
            stage.Session.Request("nodejs20.x", folder, "app.handler", stage.Api),
            "node 20 is not on this machine; apt-get install nodejs");
    }

    [Test]
    [Arguments(
        "import nothing_of_this_name\ndef handler(e, c): pass",
        "Runtime.ImportModuleError",
        "Unable to import module 'app': No module named 'nothing_of_this_name'")]
    [Arguments("def other(e, c): pass", "Runtime.HandlerNotFound", "Handler 'handler' missing on module 'app'")]
    [Arguments("def handler(e, c)", "Runtime.UserCodeSyntaxError", "Syntax error in module 'app': ")]
    [Arguments("raise KeyError('k')", "KeyError", "'k'")]
    [Arguments(
        "raise ModuleNotFoundError(\"No module named 'boto3'\", name='boto3')",
        "Runtime.ImportModuleError",
        "No module named 'boto3' (name boto3 in requirements.txt in ")]
    public async Task A_python_function_that_cannot_be_loaded_reports_the_reason_and_ends(
        string code,
        string type,
        string message)
    {
        await using var stage = await Stage.SetAsync();
        var worker = await stage.PythonAsync(code);

        var error = await stage.Api.InitErrorAsync(worker.Address);

        await Assert.That(error.ErrorType).IsEqualTo(type);
        await Assert.That(error.Json.GetProperty("errorType").GetString()).IsEqualTo(type);
        await Assert.That(error.Json.GetProperty("errorMessage").GetString()!).Contains(message);
        await Assert.That((await stage.Session.ExitAsync(worker.Id)).Reason).IsEqualTo("exit status 1");
    }

    [Test]
    [Arguments(
        "require('nothing-of-this-name');",
        "Runtime.ImportModuleError",
        "Error: Cannot find module 'nothing-of-this-name'")]
    [Arguments("exports.other = 1;", "Runtime.HandlerNotFound", "index.handler is undefined or not exported")]
    [Arguments("exports.handler = {", "Runtime.UserCodeSyntaxError", "SyntaxError: ")]
    [Arguments("throw new RangeError('r');", "RangeError", "r")]
    public async Task A_node_function_that_cannot_be_loaded_reports_the_reason_and_ends(
        string code,
        string type,
        string message)
    {
        await using var stage = await Stage.SetAsync();
        var worker = await stage.NodeAsync(code);

        var error = await stage.Api.InitErrorAsync(worker.Address);

        await Assert.That(error.ErrorType).IsEqualTo(type);
        await Assert.That(error.Json.GetProperty("errorMessage").GetString()!).StartsWith(message);
        await Assert.That((await stage.Session.ExitAsync(worker.Id)).Reason).IsEqualTo("exit status 1");
    }

    private static async Task RefusedAsync(Stage stage, StartWorkerRequest request, string reason)
    {
        var refusal = await stage.Session.RefusalAsync(request);
        await Assert.That(refusal.StatusCode).IsEqualTo(StatusCode.FailedPrecondition);
        await Assert.That(refusal.Status.Detail).Contains(reason);
    }
}
