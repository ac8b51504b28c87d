using Esb.Schema.Diagnostics;
using Esb.Schema.Functions;
using Esb.Schema.Resources;
using Esb.Schema.Routing;
using Esb.Schema.Yaml;

namespace Esb.Schema.Tests.Validation;

internal sealed class FileValidationTests
{
    [Test]
    [Arguments(
        "Functions: {}\n",
        "t.yml:1:1: error: functions.yml: the key 'Functions' is not read; did you mean 'functions'?")]
    [Arguments(
        "function: {}\n",
        "t.yml:1:1: error: functions.yml: the key 'function' is not read; did you mean 'functions'?")]
    [Arguments(
        "default: {}\n", "t.yml:1:1: error: functions.yml: the key 'default' is not read; did you mean 'defaults'?")]
    [Arguments("x-functions: {}\n", "")]
    [Arguments(
        "owner: me\n",
        "t.yml:1:1: warning: functions.yml: the key 'owner' is not read; a key that is only a note begins with x-")]
    public async Task A_misspelt_top_key_of_functions_is_an_error_and_a_foreign_key_is_kept(
        string text,
        string errors) =>
        await Assert.That(string.Join('\n', Read(text, FunctionsFile.Read).Errors)).IsEqualTo(errors);

    [Test]
    [Arguments("Routes: []\n", "routes")]
    [Arguments("route: []\n", "routes")]
    [Arguments("api-keys: []\n", "api_keys")]
    public async Task A_misspelt_top_key_of_routing_is_an_error(string text, string meant) =>
        await Assert.That(Read(text, RoutingFile.Read).Errors.Single()).Contains($"did you mean '{meant}'?");

    [Test]
    [Arguments(
        "reserved_concurency: 1",
        "function 'a': the key 'reserved_concurency' is not read; did you mean 'reserved_concurrency'?")]
    [Arguments("Timeout: 3", "did you mean 'timeout'?")]
    [Arguments("enviroment: { A: b }", "did you mean 'environment'?")]
    [Arguments("scaling: { max: 3 }", "function 'a', scaling: the key 'max' is not read")]
    [Arguments("async: { retries: 3 }", "function 'a', async: the key 'retries' is not read")]
    [Arguments(
        "async: { on_failure: { function: none } }",
        "function 'a', async: there is no function 'none' for on_failure; nothing is sent to it")]
    [Arguments(
        "async: { on_failure: { function: a, queue: b } }",
        "function 'a', async, on_failure: the key 'queue' is not read")]
    [Arguments("url: { auth: NONE }", "function 'a', url: the key 'auth' is not read")]
    [Arguments("image_config: { cmd: [a] }", "function 'a', image_config: the key 'cmd' is not read")]
    [Arguments(
        "events: [ { schedule: { expression: rate(1 minute), State: DISABLED } } ]",
        "function 'a', schedule: the key 'State' is not read; did you mean 'state'?")]
    [Arguments(
        "scaling: { min_capacity: 5, max_capacity: 2 }",
        "function 'a', scaling: 'min_capacity' is 5 and 'max_capacity' 2; no more than 2 run")]
    [Arguments("events: [schedule]", "function 'a': an event is text and has no effect")]
    [Arguments(
        "events: [ { schedule: { expression: rate(1 minute), state: ENABLED, enabled: false } } ]",
        "function 'a', schedule: 'state' is 'ENABLED' and 'enabled' is false; the schedule is off")]
    [Arguments(
        "events: [ { schedule: { expression: rate(1 minute), state: DISABLED, enabled: true } } ]",
        "function 'a', schedule: 'state' is 'DISABLED' and 'enabled' is true; the schedule is off")]
    [Arguments("events: [ { queue: { name: b } } ]", "function 'a', event: the key 'queue' is not read")]
    [Arguments(
        "code: /c, runtime: python3.12, handler: a.b",
        "function 'a': 'code' and 'image' are both given; containers run the image, process mode the code")]
    [Arguments("aliases: [a b]", "function 'a': 'a b' is not an alias; allowed: letters, digits, '-' and '_'")]
    [Arguments("aliases: [$LATEST]", "function 'a': '$LATEST' is not an alias; leave it out: every function has it")]
    [Arguments("aliases: [live-1, v_2]", null)]
    [Arguments(
        "provisioned_concurrency: 5, reserved_concurrency: 2",
        "function 'a': 'provisioned_concurrency' is 5 and 'reserved_concurrency' 2; no more than 2 run")]
    [Arguments("provisioned_concurrency: 2, reserved_concurrency: 2", null)]
    [Arguments(
        "environment: { AWS_REGION: x }",
        "function 'a': the variable 'AWS_REGION' is set by Lambda itself; functions find this value in its place")]
    [Arguments(
        "events: [ { schedule: { expression: rate(1 minute), rate: rate(2 minutes) } } ]",
        "function 'a', schedule: 'expression' and 'rate' are both given; the expression counts")]
    [Arguments("events: [ { schedule: { rate: rate(2 minutes) } } ]", null)]
    [Arguments(
        "events: [ { schedule: { rate: rate(2 minutes), input: '{a' } } ]",
        "function 'a', schedule: 'input' is not valid JSON, so functions cannot read it")]
    [Arguments("events: [ { schedule: { rate: rate(2 minutes), input: '[1]' } } ]", null)]
    [Arguments("x-note: 1", null)]
    [Arguments("architectures: [x86_64]", null)]
    public async Task An_unread_key_of_a_function_is_a_warning_at_every_level(string key, string? expected)
    {
        var diagnostics = new DiagnosticBag();
        FunctionsFile.Read(
            (YamlMapping)YamlReader.Read($"functions:\n  a: {{ image: x, {key} }}\n", "t.yml", diagnostics)!,
            diagnostics);
        await Assert.That(diagnostics.HasErrors).IsFalse();
        await Assert.That(string.Join('\n', diagnostics)).Contains(expected ?? "");
        await Assert.That(diagnostics.Count).IsEqualTo(expected is null ? 0 : 1);
    }

    [Test]
    [Arguments("functions:\n  a: { code: /c, runtime: python3.12 }\n", "t.yml:2:3: warning: function 'a': "
        + "'handler' is missing, so each call fails; for example handler: app.handler")]
    [Arguments("functions:\n  a: { code: /c, runtime: provided.al2023 }\n", "")]
    [Arguments("functions:\n  a: { code: /c, runtime: provided.al2023, handler: app }\n", "")]
    [Arguments("functions:\n  a: { code: /c, runtime: nodejs22.x, handler: src/v1.2/app.handler }\n", "")]
    [Arguments("functions:\n  a: { code: /c, runtime: python3.12, handler: app }\n", "t.yml:2:48: warning: function "
        + "'a': 'handler' is 'app' and not of the form file.function, so each call fails; "
        + "for example handler: app.handler")]
    [Arguments("functions:\n  a: { code: /c, runtime: nodejs22.x, handler: v1.2/app }\n", "t.yml:2:48: warning: "
        + "function 'a': 'handler' is 'v1.2/app' and not of the form file.function, so each call fails; "
        + "for example handler: app.handler")]
    [Arguments("defaults: { environment: { _HANDLER: x } }\n", "t.yml:1:28: warning: functions.yml, defaults: "
        + "the variable '_HANDLER' is set by Lambda itself; functions find this value in its place; "
        + "choose another name")]
    [Arguments("version: x\n", "t.yml:1:10: warning: functions.yml: 'version' is 'x', which is not a format version, "
        + "so it is ignored; write version: 1, or leave it out")]
    public async Task A_value_that_cannot_work_in_a_hand_written_file_is_a_warning(string text, string expected) =>
        await Assert.That(string.Join('\n', Read(text, FunctionsFile.Read).Errors)).IsEqualTo(expected);

    [Test]
    [Arguments("resources: { Tables: [] }\n", "did you mean 'dynamodb'?")]
    [Arguments("resources: { Buckets: [] }\n", "did you mean 's3'?")]
    [Arguments("resources: { S3: [] }\n", "did you mean 's3'?")]
    [Arguments("resources: { layer: [] }\n", "did you mean 'layers'?")]
    [Arguments("s3: []\n", "'s3' is one level too high")]
    [Arguments("Tables: []\n", "'Tables' is one level too high")]
    public async Task An_unknown_kind_of_resources_is_an_error(string text, string expected) =>
        await Assert.That(Read(text, ResourcesFile.Read)
            .Errors.Single(e => e.Contains("error: ", StringComparison.Ordinal))).Contains(expected);

    [Test]
    public async Task A_misspelt_top_key_of_resources_is_an_error() =>
        await Assert.That(Read("resource: {}\n", ResourcesFile.Read).Errors.Single())
            .Contains("did you mean 'resources'?");

    [Test]
    public async Task A_function_with_every_key_of_the_format_is_read()
    {
        var (file, errors) = Read(
            """
            defaults: { environment: { LOG_LEVEL: INFO }, scaling: { max_capacity: 1 } }
            functions:
              orders:
                code: /srv/orders
                runtime: python3.12
                handler: app.handler
                revision: 3f9c21d0
                timeout: 30
                memory_size: 256
                environment: { TABLE: orders, COUNT: 7, ON: true }
                scaling: { max_capacity: 10 }
                events:
                  - schedule: { rate: rate(1 minute), input: '{"tick":true}' }
            """,
            FunctionsFile.Read);
        await Assert.That(errors).IsEmpty();
        var orders = file.Functions["orders"];
        await Assert.That(orders.Environment["COUNT"]).IsEqualTo("7");
        await Assert.That(orders.Environment["ON"]).IsEqualTo("true");
        await Assert.That(orders.Scaling.Or(file.Defaults.Scaling).Or(Scaling.BuiltIn))
            .IsEqualTo(new Scaling(0, 10, 300, 30));
        await Assert.That(orders.Schedules.Single().Expression).IsEqualTo("rate(1 minute)");
    }

    [Test]
    [Arguments("functions:\n  a: {runtime: python3.12}\n", "t.yml:2:3: error: function 'a': "
        + "neither 'image' nor 'code' is given; name a container image, or in process mode a folder")]
    [Arguments(
        "functions:\n  a: {code: /a}\n",
        "t.yml:2:3: error: function 'a': 'runtime' is missing; for example runtime: python3.12")]
    [Arguments(
        "functions:\n  a: {image: x, timeout: 901}\n",
        "t.yml:2:26: error: function 'a': 'timeout' is '901'; allowed: a whole number from 1 to 900")]
    [Arguments("functions:\n  ../a: {image: x}\n", "t.yml:2:3: error: '../a' is not a function name; "
        + "allowed: letters, digits, '-' and '_', at most 64 of them")]
    [Arguments("functions:\n  a: [x]\n", "t.yml:2:6: error: function 'a' must be a mapping, but is a list")]
    [Arguments("functions: 7\n", "t.yml:1:12: error: functions.yml: 'functions' must be a mapping, but is text")]
    [Arguments(
        "functions:\n  a: {image: x, environment: {B: [1]}}\n",
        "t.yml:2:34: error: function 'a': 'environment.B' must be text, but is a list")]
    [Arguments(
        "functions:\n  a: {image: x, events: [{schedule: {expression: rate(0 minutes)}}]}\n",
        "t.yml:2:50: error: function 'a', schedule: 'rate(0 minutes)' is not a schedule; "
            + "a rate is a positive whole number and a unit, for example rate(5 minutes)")]
    [Arguments(
        "functions:\n  a: {image: x, events: [{schedule: {rate: hello}}]}\n",
        "t.yml:2:44: error: function 'a', schedule: 'hello' is not a schedule; it must be rate(VALUE UNIT), "
            + "cron(MINUTES HOURS DAY-OF-MONTH MONTH DAY-OF-WEEK YEAR) or at(YYYY-MM-DDTHH:MM:SS)")]
    [Arguments("functions:\n  a: {image: x, environment: {my-name: b}}\n", "t.yml:2:31: error: function 'a': "
        + "'my-name' is not the name of a variable; allowed: letters, digits and '_', no digit first")]
    [Arguments(
        "functions:\n  a: {image: x, handler: !Sub b}\n",
        "t.yml:2:26: error: function 'a': the tag '!Sub' means nothing here; write the value itself")]
    [Arguments(
        "functions:\n  a: {image: x, environment: {B: !Ref c}}\n",
        "t.yml:2:34: error: function 'a': the tag '!Ref' means nothing here; write the value itself")]
    [Arguments(
        "functions:\n  a: {image: x, layers: [!Ref c]}\n",
        "t.yml:2:26: error: function 'a': the tag '!Ref' means nothing here; write the value itself")]
    public async Task A_wrong_function_is_an_error_that_says_where_and_what_would_be_right(string text, string expected)
    {
        await Assert.That(Read(text, FunctionsFile.Read).Errors).IsEquivalentTo([expected]);
    }

    [Test]
    [Arguments(
        "routes:\n  - {function: a}\n", "t.yml:2:5: error: route: 'path' is missing; for example path: /orders/{id}")]
    [Arguments("routes:\n  - {path: x, function: a}\n", "t.yml:2:12: error: route 'x': it must start with '/'")]
    [Arguments(
        "routes:\n  - {path: '/{a+}/b', function: a}\n",
        "t.yml:2:12: error: route '/{a+}/b': '{a+}' must be the last segment")]
    [Arguments(
        "routes:\n  - {path: '/{a}/{a}', function: a}\n",
        "t.yml:2:12: error: route '/{a}/{a}': the parameter 'a' is in it twice")]
    [Arguments(
        "routes:\n  - {path: \"/a\\nb\", function: a}\n",
        "t.yml:2:12: error: route '/a\nb': it has a line break or another control character")]
    [Arguments(
        "routes:\n  - {path: /health, function: a}\n",
        "t.yml:2:12: warning: route '/health': the platform answers this path itself, as its health or as the Lambda "
            + "API; no request reaches the route; give it another path")]
    [Arguments(
        "routes:\n  - {path: /2015-03-31/functions/f, function: a}\n",
        "t.yml:2:12: warning: route '/2015-03-31/functions/f': the platform answers this path itself, "
            + "as its health or as the Lambda API; no request reaches the route; give it another path")]
    [Arguments(
        "routes:\n  - {path: /a, method: GETT, function: a}\n",
        "t.yml:2:24: warning: route '/a': 'method' is 'GETT', which hardly any client sends; usual: GET, HEAD, "
            + "POST, PUT, PATCH, DELETE, OPTIONS, ANY")]
    [Arguments(
        "routes:\n  - {path: '/x{a}', function: a}\n",
        "t.yml:2:12: error: route '/x{a}': 'x{a}' must be a parameter as a whole, like {id}")]
    [Arguments("routes:\n  - {path: /x, function: a, payload: 3.0}\n", "t.yml:2:38: error: route '/x': "
        + "'payload' is '3.0'; allowed: \"1.0\" (REST API event) or \"2.0\" (HTTP API event)")]
    public async Task A_wrong_route_is_an_error_that_says_where_and_what_would_be_right(string text, string expected)
    {
        await Assert.That(Read(text, RoutingFile.Read).Errors).IsEquivalentTo([expected]);
    }

    [Test]
    public async Task The_old_form_of_a_route_is_read_as_well()
    {
        var (file, errors) = Read("routes:\n  - path: /x\n    function: {container: a}\n", RoutingFile.Read);
        await Assert.That(errors).IsEmpty();
        await Assert.That(file.Routes.Single()).Satisfies(r => r is { Function: "a", Method: "GET", Payload: "1.0" });
    }

    [Test]
    public async Task An_authorizer_that_is_not_understood_closes_the_route()
    {
        var (file, _) = Read("routes:\n  - {path: /x, function: a, authorizer: {type: JWT}}\n", RoutingFile.Read);
        await Assert.That(file.Routes.Single().Closed).IsNotNull();
    }

    [Test]
    public async Task A_table_without_a_name_is_an_error_with_its_place()
    {
        await Assert.That(
            Read("resources:\n  dynamodb:\n    - KeySchema: []\n", ResourcesFile.Read).Errors).IsEquivalentTo(
            ["t.yml:3:7: error: table: 'TableName' is missing; every table needs one"]);
    }

    [Test]
    [Arguments("version: 1\n")]
    [Arguments("version: '1'\n")]
    [Arguments("version: 1.9\n")]
    [Arguments("version:\n")]
    public async Task A_file_of_this_format_or_of_a_later_minor_version_is_read(string head)
    {
        var (file, errors) = Read(head + "functions:\n  a: {image: x}\n", FunctionsFile.Read);
        await Assert.That(errors).IsEmpty();
        await Assert.That(file.Functions.Keys).IsEquivalentTo(["a"]);
    }

    [Test]
    [Arguments("version: 2\nfunctions: 7\n", "2", "2.0")]
    [Arguments("version: '3.1'\nfunctions: 7\n", "3.1", "3.0")]
    public async Task A_file_of_a_newer_format_is_refused_with_the_required_version_of_ESB_and_nothing_else(
        string text,
        string version,
        string needed)
    {
        string Error(string name) => $"t.yml:1:10: error: {name} has format version {version}; this ESB reads 1; "
            + $"use ESB {needed} or newer; if no ESB wrote this key, remove it";
        await Assert.That(Read(text, FunctionsFile.Read).Errors).IsEquivalentTo([Error("functions.yml")]);
        await Assert.That(Read(text, RoutingFile.Read).Errors).IsEquivalentTo([Error("routing.yml")]);
        await Assert.That(Read(text, ResourcesFile.Read).Errors).IsEquivalentTo([Error("resources.yml")]);
    }

    private static (T File, List<string> Errors) Read<T>(string text, Func<YamlMapping, DiagnosticBag, T> read)
    {
        var diagnostics = new DiagnosticBag();
        var document = (YamlMapping)YamlReader.Read(text, "t.yml", diagnostics)!;
        return (read(document, diagnostics), [.. diagnostics.Select(d => d.ToString())]);
    }
}
