using Esb.Agent.Tests.Driving;
using Grpc.Core;

namespace Esb.Agent.Tests.Workers;

/// <summary><c>AWS_LAMBDA_EXEC_WRAPPER</c> starts the runtime, as on Lambda.</summary>
public sealed class WrapperTests
{
    private const string Wrapper = "#!/bin/sh\nexport WRAPPED=\"$WRAPPED$0\"\nexec \"$@\"\n";

    [Test]
    [Arguments("/opt/wrap", "layer")]
    [Arguments("/var/task/wrap", "code")]
    [Arguments("wrap", "code")]
    public async Task A_wrapper_starts_python_and_node_from_a_layer_or_the_function(string named, string place)
    {
        await using var stage = await Stage.SetAsync();
        var layer = stage.Folder.Folder("layer", "wrap", Wrapper, executable: true);
        stage.Folder.Folder("p", "wrap", Wrapper, executable: true);
        stage.Folder.Folder("n", "wrap", Wrapper, executable: true);
        var python = stage.Session.Request(
            "python3.12",
            stage.Folder.Folder("p", "app.py", "import os\ndef handler(e, c): return os.environ['WRAPPED']"),
            "app.handler",
            stage.Api);
        var node = stage.Session.Request(
            "nodejs20.x",
            stage.Folder.Folder("n", "index.js", "exports.handler = async () => process.env.WRAPPED;"),
            "index.handler",
            stage.Api);
        foreach (var request in new[] { python, node })
        {
            request.Layers.Add(layer);
            request.Environment["AWS_LAMBDA_EXEC_WRAPPER"] = named;
            var started = await stage.Session.StartAsync(request);
            var answer = (await stage.Api.InvokeAsync(started.Address, "{}")).Json.GetString();
            await Assert.That(answer).IsEqualTo($"{(place == "layer" ? layer : request.Code)}/wrap");
        }
    }

    [Test]
    public async Task The_error_names_a_wrapper_that_is_missing_or_not_executable()
    {
        await using var stage = await Stage.SetAsync();
        var code = stage.Folder.Folder("code", "app.py", "def handler(e, c): return 1");
        stage.Folder.Folder("code", "plain", Wrapper);
        foreach (var (named, message) in new[]
        {
            ("/opt/none", "AWS_LAMBDA_EXEC_WRAPPER names '/opt/none', which no layer of the function has"),
            ("/var/task/none", "which is not there"),
            ("/var/task/plain", "which is not executable; chmod +x it"),
        })
        {
            var request = stage.Session.Request("python3.12", code, "app.handler", stage.Api);
            request.Environment["AWS_LAMBDA_EXEC_WRAPPER"] = named;
            var refused = await Assert.That(async () => await stage.Session.StartAsync(request)).Throws<RpcException>();
            await Assert.That(refused!.Status.Detail).Contains(message);
        }
    }
}
