using System.Globalization;
using CsCheck;
using Esb.Schema.Diagnostics;
using Esb.Schema.Functions;
using Esb.Schema.Resources;
using Esb.Schema.Routing;
using Esb.Schema.Yaml;
using Json.Schema;

namespace Esb.Schema.Tests.Schemas;

/// <summary>
/// A document is valid according to the published schema exactly when the gateway (or the provisioner) accepts it.
/// </summary>
internal sealed class JsonSchemaTests
{
    private const int Documents = 4_000;

    [Test]
    public void A_functions_file_is_valid_for_the_schema_exactly_when_the_gateway_accepts_it() =>
        Check("functions", NearlyValid.Functions, (document, diagnostics) => FunctionsFile.Read(document, diagnostics));

    [Test]
    public void A_routing_file_is_valid_for_the_schema_exactly_when_the_gateway_accepts_it() =>
        Check("routing", NearlyValid.Routing, (document, diagnostics) => RoutingFile.Read(document, diagnostics));

    [Test]
    public void A_resources_file_is_valid_for_the_schema_exactly_when_the_provisioner_accepts_it() =>
        Check("resources", NearlyValid.Resources, (document, diagnostics) => ResourcesFile.Read(document, diagnostics));

    [Test]
    public async Task Enough_of_the_generated_documents_are_valid_and_enough_are_not()
    {
        var (valid, wrong) = (0, 0);
        Gen.OneOf(
            NearlyValid.Functions.Select(d => Errors(d, (n, b) => FunctionsFile.Read(n, b))),
            NearlyValid.Routing.Select(d => Errors(d, (n, b) => RoutingFile.Read(n, b))))
            .Sample(
                errors => _ = errors == 0 ? Interlocked.Increment(ref valid) : Interlocked.Increment(ref wrong),
                iter: Documents);
        await Assert.That(valid).IsGreaterThan(Documents / 20);
        await Assert.That(wrong).IsGreaterThan(Documents / 20);
    }

    [Test]
    [Arguments("functions", "defaults: { timeout: 'N' }")]
    [Arguments("functions", "defaults: { memory_size: 'N' }")]
    [Arguments("functions", "defaults: { scaling: { min_capacity: 'N' } }")]
    [Arguments("functions", "defaults: { scaling: { max_capacity: 'N' } }")]
    [Arguments("functions", "defaults: { scaling: { idle_timeout: 'N' } }")]
    [Arguments("functions", "defaults: { scaling: { acquire_timeout: 'N' } }")]
    [Arguments("functions", "functions: { f: { image: i, reserved_concurrency: 'N' } }")]
    [Arguments("functions", "functions: { f: { image: i, provisioned_concurrency: 'N' } }")]
    [Arguments("functions", "functions: { f: { image: i, async: { maximum_retry_attempts: 'N' } } }")]
    [Arguments("functions", "functions: { f: { image: i, async: { maximum_event_age_in_seconds: 'N' } } }")]
    [Arguments("functions", "functions: { f: { image: i, events: [ { schedule: { rate: rate(1 day), "
        + "retry: { maximum_retry_attempts: 'N' } } } ] } }")]
    [Arguments("functions", "functions: { f: { image: i, events: [ { schedule: { rate: rate(1 day), "
        + "retry: { maximum_event_age_in_seconds: 'N' } } } ] } }")]
    [Arguments("functions", "functions: { f: { image: i, ephemeral_storage: 'N' } }")]
    [Arguments("routing", "routes: [ { path: /, function: f, cors: { max_age: 'N' } } ]")]
    [Arguments("routing", "routes: [ { path: /, function: f, authorizer: { type: lambda, function: f, ttl: 'N' } } ]")]
    [Arguments("routing", "routes: [ { path: /, mock: { status: 'N' } } ]")]
    [Arguments("routing", "routes: [ { path: /, http_proxy: { uri: 'http://h', timeout_ms: 'N' } } ]")]
    [Arguments("routing", "api_keys: [ { name: k, value: v, burst: 'N', quota: { limit: 'N' } } ]")]
    public async Task Every_number_in_quotes_is_in_range_for_both_or_for_neither(string name, string document)
    {
        var schema = Schema(name);
        List<int> different = [];
        for (var number = -3;
            number <= 100_003;
            number += number is > 25_000 and < 80_000 ? 97 : number is > 2_000 and < 9_000 ? 7 : 1)
        {
            var tree = Esb.Schema.Tests.Documents.Parse(document.Replace(
                "N", number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
            var errors = name == "functions"
                ? Errors(tree, (n, b) => FunctionsFile.Read(n, b))
                : Errors(tree, (n, b) => RoutingFile.Read(n, b));
            if (schema.Evaluate(JsonOf.Element(tree)).IsValid != (errors == 0))
                different.Add(number);
        }

        await Assert.That(different).IsEmpty();
    }

    private static void Check(string name, Gen<YamlMapping> documents, Action<YamlMapping, DiagnosticBag> read)
    {
        var schema = Schema(name);
        documents.Sample(
            document => schema.Evaluate(JsonOf.Element(document)).IsValid == (Errors(document, read) == 0),
            iter: Documents,
            print: document => $"{YamlTextWriter.Write(document)}\nmodel: {string.Join('\n', Read(document, read))}");
    }

    private static int Errors(YamlMapping document, Action<YamlMapping, DiagnosticBag> read) =>
        Read(document, read).Count(d => d.Severity == Severity.Error);

    private static DiagnosticBag Read(YamlMapping document, Action<YamlMapping, DiagnosticBag> read)
    {
        var diagnostics = new DiagnosticBag();
        read(document, diagnostics);
        return diagnostics;
    }

    private static JsonSchema Schema(string name) =>
        JsonSchema.FromText(
            File.ReadAllText(System.IO.Path.Combine(AppContext.BaseDirectory, "Schemas", $"{name}.schema.json")));
}
