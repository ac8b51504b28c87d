using Esb.Agent.Tests.Driving;

namespace Esb.Agent.Tests.Workers;

public sealed class AnsweringTests
{
    private const string Curl = """
        API="http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime"
        while true; do
          HEADERS=$(mktemp)
          EVENT=$(curl -sS -D "$HEADERS" "$API/invocation/next") || exit 3
          ID=$(tr -d '\r' < "$HEADERS" | sed -n 's/^lambda-runtime-aws-request-id: //Ip')
          rm "$HEADERS"
          ANSWER="{\"echo\":$EVENT,\"task\":\"$LAMBDA_TASK_ROOT\"}"
          curl -sS -X POST "$API/invocation/$ID/response" -d "$ANSWER" > /dev/null
        done
        """;

    [Test]
    public async Task A_python_function_gets_its_event_and_its_context_and_answers()
    {
        await using var stage = await Stage.SetAsync();
        var worker = await stage.PythonAsync("""
            import os
            def handler(event, context):
                return {"event": event, "id": context.aws_request_id, "name": context.function_name,
                        "memory": context.memory_limit_in_mb, "left": context.get_remaining_time_in_millis(),
                        "arn": context.invoked_function_arn, "group": context.log_group_name,
                        "trace": os.environ.get("_X_AMZN_TRACE_ID"), "client": context.client_context.custom,
                        "cwd": os.getcwd(),
                        "identity": context.identity.cognito_identity_id, "text": "größer"}
            """);

        var answer = await stage.Api.InvokeAsync(
            worker.Address,
            """{"a":[1,"ü"]}""",
            ("Lambda-Runtime-Trace-Id", "Root=1"),
            ("Lambda-Runtime-Client-Context", """{"custom":{"k":"v"}}"""),
            ("Lambda-Runtime-Cognito-Identity", """{"cognitoIdentityId":"me"}"""));

        await Assert.That(answer.Kind).IsEqualTo("response");
        var json = answer.Json;
        await Assert.That(json.GetProperty("event").GetProperty("a")[1].GetString()).IsEqualTo("ü");
        await Assert.That(json.GetProperty("id").GetString()).IsEqualTo("request-1");
        await Assert.That(json.GetProperty("name").GetString()).IsEqualTo("orders");
        await Assert.That(json.GetProperty("memory").GetString()).IsEqualTo("128");
        await Assert.That(json.GetProperty("left").GetInt32()).IsBetween(1, 30_000);
        await Assert.That(json.GetProperty("arn").GetString()).EndsWith(":function:orders");
        await Assert.That(json.GetProperty("group").GetString()).IsEqualTo("/aws/lambda/orders");
        await Assert.That(json.GetProperty("trace").GetString()).IsEqualTo("Root=1");
        await Assert.That(json.GetProperty("client").GetProperty("k").GetString()).IsEqualTo("v");
        await Assert.That(json.GetProperty("identity").GetString()).IsEqualTo("me");
        await Assert.That(json.GetProperty("text").GetString()).IsEqualTo("größer");
        await Assert.That(json.GetProperty("cwd").GetString()).StartsWith(stage.Folder.Path);
    }

    [Test]
    public async Task A_python_function_keeps_answering_after_errors_of_every_kind()
    {
        await using var stage = await Stage.SetAsync();
        var worker = await stage.PythonAsync("""
            def inner():
                raise ValueError("boom")
            def handler(event, context):
                if event == "raise": inner()
                if event == "marshal": return {1, 2}
                return "x" * event
            """);

        var raised = await stage.Api.InvokeAsync(worker.Address, "\"raise\"");
        await Assert.That(raised.Kind).IsEqualTo("error");
        await Assert.That(raised.ErrorType).IsEqualTo("ValueError");
        await Assert.That(raised.Json.GetProperty("errorMessage").GetString()).IsEqualTo("boom");
        await Assert.That(raised.Json.GetProperty("requestId").GetString()).IsEqualTo("request-1");
        await Assert.That(raised.Json.GetProperty("stackTrace").GetArrayLength()).IsEqualTo(2);
        await Assert.That(raised.Json.GetProperty("stackTrace")[1].GetString()).Contains("in inner");

        var unmarshalled = await stage.Api.InvokeAsync(worker.Address, "\"marshal\"");
        await Assert.That(unmarshalled.ErrorType).IsEqualTo("Runtime.MarshalError");
        await Assert.That(unmarshalled.Json.GetProperty("errorMessage").GetString())
            .IsEqualTo("Unable to marshal response: Object of type set is not JSON serializable");

        var garbage = await stage.Api.InvokeAsync(worker.Address, "{no json");
        await Assert.That(garbage.ErrorType).IsEqualTo("Runtime.UnmarshalError");

        var large = await stage.Api.InvokeAsync(worker.Address, "3000000");
        await Assert.That(large.Body.Length).IsEqualTo(3_000_002);
    }

    [Test]
    [Arguments("index.js", "exports.handler = async (event, context) => ({ event, id: context.awsRequestId, left: "
        + "context.getRemainingTimeInMillis() });")]
    [Arguments("index.mjs", "export const handler = async (event, context) => ({ event, id: context.awsRequestId, "
        + "left: context.getRemainingTimeInMillis() });")]
    [Arguments("index.cjs", "exports.handler = (event, context) => Promise.resolve({ event, id: context.awsRequestId, "
        + "left: context.getRemainingTimeInMillis() });")]
    [Arguments("index.js", "exports.handler = (event, context, callback) => { setTimeout(() => callback(null, { event, "
        + "id: context.awsRequestId, left: 1 }), 5); };")]
    [Arguments("index.js", "exports.handler = (event, context, callback) => { context.callbackWaitsForEmptyEventLoop = "
        + "false; setInterval(() => {}, 1000); callback(null, { event, id: context.awsRequestId, left: 1 }); };")]
    public async Task A_node_function_of_every_style_gets_its_event_and_answers(string file, string code)
    {
        await using var stage = await Stage.SetAsync();
        var worker = await stage.NodeAsync(code, file);

        foreach (var id in new[] { "request-1", "request-2" })
        {
            var answer = await stage.Api.InvokeAsync(worker.Address, """{"a":"ü"}""");
            await Assert.That(answer.Kind).IsEqualTo("response");
            await Assert.That(answer.Json.GetProperty("event").GetProperty("a").GetString()).IsEqualTo("ü");
            await Assert.That(answer.Json.GetProperty("id").GetString()).IsEqualTo(id);
            await Assert.That(answer.Json.GetProperty("left").GetInt32()).IsBetween(1, 30_000);
        }
    }

    [Test]
    public async Task A_Node_function_in_a_package_of_type_module_is_loaded_as_a_module()
    {
        await using var stage = await Stage.SetAsync();
        var folder = stage.Folder.Folder("code", "package.json", """{"type":"module"}""");
        stage.Folder.Folder(
            "code",
            "src/app.js",
            "import os from 'node:os'; export async function handler() { return typeof os.cpus; }");
        var started = await stage.Session.StartAsync(stage.Session.Request(
            "nodejs20.x", folder, "src/app.handler", stage.Api));

        await Assert.That((await stage.Api.InvokeAsync(started.Address, "{}")).Body).IsEqualTo("\"function\"");
    }

    [Test]
    public async Task A_node_function_reports_what_it_throws_and_what_it_leaves_unhandled()
    {
        await using var stage = await Stage.SetAsync();
        var worker = await stage.NodeAsync("""
            exports.handler = (event, context, callback) => {
              if (event === 'throw') throw new TypeError('boom');
              if (event === 'callback') return void callback(new RangeError('called'));
              if (event === 'nothing') return;
              setImmediate(() => { throw new Error('later'); });
            };
            """);

        var thrown = await stage.Api.InvokeAsync(worker.Address, "\"throw\"");
        await Assert.That(thrown.ErrorType).IsEqualTo("TypeError");
        await Assert.That(thrown.Json.GetProperty("errorMessage").GetString()).IsEqualTo("boom");
        await Assert.That(thrown.Json.GetProperty("trace")[0].GetString()).IsEqualTo("TypeError: boom");
        await Assert.That((await stage.Api.InvokeAsync(worker.Address, "\"callback\"")).ErrorType)
            .IsEqualTo("RangeError");
        await Assert.That((await stage.Api.InvokeAsync(worker.Address, "\"nothing\"")).Body).IsEqualTo("null");
        var later = await stage.Api.InvokeAsync(worker.Address, "\"later\"");
        await Assert.That(later.Json.GetProperty("errorMessage").GetString()).IsEqualTo("later");
        await Assert.That((await stage.Session.ExitAsync(worker.Id)).Reason).IsEqualTo("exit status 129");
    }

    [Test]
    public async Task A_provided_function_runs_its_own_bootstrap_in_its_folder()
    {
        await using var stage = await Stage.SetAsync();
        var worker = await stage.ShellAsync(Curl);

        var answer = await stage.Api.InvokeAsync(worker.Address, """{"a":1}""");

        await Assert.That(answer.Json.GetProperty("echo").GetProperty("a").GetInt32()).IsEqualTo(1);
        await Assert.That(answer.Json.GetProperty("task").GetString()).StartsWith(stage.Folder.Path);
    }

    [Test]
    public async Task Workers_that_start_together_have_different_addresses_and_each_answers()
    {
        await using var stage = await Stage.SetAsync();
        const string code =
            "import os\ndef handler(event, context): return os.environ['AWS_LAMBDA_RUNTIME_API'].split(':')[0]";

        var workers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => stage.PythonAsync(code)));
        var answers = await Task.WhenAll(workers.Select(worker => stage.Api.InvokeAsync(worker.Address, "{}")));

        await Assert.That(workers.Select(worker => worker.Address).Distinct().Count()).IsEqualTo(6);
        await Assert.That(answers.Select(answer => answer.Json.GetString()!))
            .IsEquivalentTo(workers.Select(worker => worker.Address));
    }

    [Test]
    public async Task Python_and_node_find_layers_and_the_last_one_wins()
    {
        await using var stage = await Stage.SetAsync();
        string[] layers =
        [
            stage.Folder.Folder("low", "python/shared.py", "name = 'low'"),
            stage.Folder.Folder("high", "python/shared.py", "name = 'high'"),
        ];
        stage.Folder.Folder("low", "nodejs/node_modules/shared/index.js", "module.exports = 'low';");
        stage.Folder.Folder("high", "nodejs/node_modules/shared/index.js", "module.exports = 'high';");
        var python = stage.Session.Request(
            "python3.11",
            stage.Folder.Folder("p", "app.py", "import shared\ndef handler(e, c): return shared.name"),
            "app.handler",
            stage.Api);
        var node = stage.Session.Request(
            "nodejs20.x",
            stage.Folder.Folder("n", "index.js", "exports.handler = async () => require('shared');"),
            "index.handler",
            stage.Api);

        foreach (var request in new[] { python, node })
        {
            request.Layers.AddRange(layers);
            var started = await stage.Session.StartAsync(request);
            await Assert.That((await stage.Api.InvokeAsync(started.Address, "{}")).Body).IsEqualTo("\"high\"");
        }
    }

    [Test]
    public async Task A_worker_sees_the_function_s_environment_and_nothing_of_the_agent_s_own()
    {
        await using var stage = await Stage.SetAsync(("AGENT_SECRET", "hidden"));
        var folder = stage.Folder.Folder("code", "app.py", "import os\ndef handler(e, c): return dict(os.environ)");
        var request = stage.Session.Request("python3.12", folder, "app.handler", stage.Api);
        request.Environment["TABLE"] = "orders=1\nü";
        request.Environment["_HANDLER"] = "not allowed to change";
        var started = await stage.Session.StartAsync(request);

        var environment = (await stage.Api.InvokeAsync(started.Address, "{}")).Json;

        await Assert.That(environment.GetProperty("TABLE").GetString()).IsEqualTo("orders=1\nü");
        await Assert.That(environment.GetProperty("_HANDLER").GetString()).IsEqualTo("app.handler");
        await Assert.That(environment.GetProperty("AWS_LAMBDA_FUNCTION_VERSION").GetString()).IsEqualTo("$LATEST");
        await Assert.That(environment.GetProperty("AWS_EXECUTION_ENV").GetString()).IsEqualTo("AWS_Lambda_python3.12");
        await Assert.That(environment.TryGetProperty("AGENT_SECRET", out _)).IsFalse();
        await Assert.That(environment.TryGetProperty("AGENT_ADDRESS", out _)).IsFalse();
    }
}
