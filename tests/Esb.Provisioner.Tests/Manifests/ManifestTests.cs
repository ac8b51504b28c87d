using System.Text.Json;
using Esb.Manifests;
using Esb.Provisioner.Output;
using Esb.Provisioner.Tests.Converging;
using Esb.Provisioner.Tests.Driving;
using Esb.Provisioner.Tests.Servers;
using Esb.Testing.Schemas;

namespace Esb.Provisioner.Tests.Manifests;

/// <summary>
/// Which manifest is used, what is reported about an invalid one, and what is written to which stream.
/// </summary>
[ClassDataSource<LocalStores>(Shared = SharedType.PerTestSession)]
public sealed class ManifestTests(LocalStores stores)
{
    private static readonly OutputSchema Report =
        new("provisioner", "esb-provisioner --json", ReportJson.Default.ReportDocument);

    private const string Policy = "resources:\n  s3:\n    - BucketName: receipts\n      PolicyDocument: ";

    private const string Everything = "Principal: '*', Action: 's3:*', Resource: 'arn:aws:s3:::receipts/*'";

    [Test]
    public async Task RESOURCES_YML_comes_before_the_file_in_CONFIG_DIR()
    {
        using var run = new ProvisionerRun(dynamoDb: await stores.AddressAsync(LocalStores.Dynalite));
        var (named, other) = (Clients.NewName("named"), Clients.NewName("other"));
        var folder = Directory.CreateDirectory(Path.Combine(run.Folder, "configuration")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "resources.yml"), TableManifests.Plain(other));
        run.With("CONFIG_DIR", folder);

        var both = await run.ApplyAsync(TableManifests.Plain(named));
        var one = await run.With("RESOURCES_YML", null).RunAsync();

        await Assert.That(both.Output.Trim()).IsEqualTo($"table   {named}  created").Because(both.ToString());
        await Assert.That(one.Output.Trim()).IsEqualTo($"table   {other}  created").Because(one.ToString());
    }

    [Test]
    public async Task A_run_without_a_manifest_succeeds_with_a_line_that_names_the_searched_paths()
    {
        using var run = new ProvisionerRun();
        run.With("RESOURCES_YML", null).With("CONFIG_DIR", run.Folder);

        var result = await run.RunAsync();

        await Assert.That(result.ExitCode).IsEqualTo(0);
        await Assert.That(result.Output).IsEmpty();
        await Assert.That(result.Error)
            .Contains($"no manifest, nothing to do (looked for {run.Folder}/resources.yml, /app/config/resources.yml)");
    }

    [Test]
    public async Task An_inaccessible_folder_is_an_error_and_does_not_count_as_a_missing_manifest()
    {
        using var run = new ProvisionerRun();
        var folder = Directory.CreateDirectory(Path.Combine(run.Folder, "private")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "resources.yml"), TableManifests.Plain("orders"));
        run.With("RESOURCES_YML", null).With("CONFIG_DIR", folder);
        var result = await run.AsStrangerAsync(folder);

        await Assert.That(result.ExitCode).IsEqualTo(1).Because(result.ToString());
        await Assert.That(result.Error).Contains($"{folder}/resources.yml: error: cannot be checked")
            .And.Contains($"chmod o+rx {folder}");
    }

    [Test]
    public async Task A_configured_manifest_that_does_not_exist_is_an_error()
    {
        using var run = new ProvisionerRun();

        var result = await run.RunAsync();

        await Assert.That(result.ExitCode).IsEqualTo(1);
        await Assert.That(result.Error)
            .Contains($"{run.Manifest}: error: there is no such manifest; RESOURCES_YML must name a resources.yml");
    }

    [Test]
    [Arguments("resources: {dynamodb: [", "resources.yml:2:1: error", "not valid YAML")]
    [Arguments("resources:\n  dynamodb:\n    - KeySchema: []\n", "resources.yml:3:7: error", "'TableName' is missing")]
    [Arguments(
        "resources:\n  s3:\n    - BucketName: Big_Bucket\n",
        "resources.yml:3:19: error",
        "'Big_Bucket' is not a bucket name")]
    [Arguments(
        "resources:\n  dynamodb:\n    - TableName: orders\n      KeySchema: [{AttributeName: id, KeyType: "
            + "RANGE}]\n      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]\n",
        "resources.yml:4:18: error",
        "needs one HASH")]
    [Arguments(
        "resources:\n  dynamodb:\n    - TableName: orders\n      KeySchema: [{AttributeName: id, KeyType: HASH}]\n",
        "resources.yml:3:7: error",
        "'id' is a key and is not in AttributeDefinitions")]
    [Arguments(
        "resources:\n  dynamodb:\n    - TableName: orders\n      KeySchema: [{AttributeName: id, KeyType: "
            + "HASH}]\n      AttributeDefinitions: [{AttributeName: id, AttributeType: X}]\n",
        "resources.yml:5:65: error",
        "allowed: S, N, B")]
    [Arguments(
        "resources:\n  s3:\n    - BucketName: receipts\n      LifecycleConfiguration: {Rules: [{Status: On}]}\n",
        "resources.yml:4:49: error",
        "allowed: Enabled, Disabled")]
    [Arguments(
        "resources:\n  s3:\n    - BucketName: receipts\n      LifecycleConfiguration: {Rules: [{Status: Enabled, "
            + "ExpirationInDays: 3, Filter: {Prefix: logs/}}]}\n", "resources.yml:4:", "the key 'Filter' is not read")]
    [Arguments(
        "resources:\n  s3:\n    - BucketName: receipts\n      LifecycleConfiguration: {Rules: [{Status: Enabled, "
            + "ExpirationInDays: 3, Prefixs: logs/}]}\n", "resources.yml:4:", "the key 'Prefixs' is not read")]
    [Arguments(
        "resources:\n  s3:\n    - BucketName: receipts\n      LifecycleConfiguration: {Rules: [{Status: Enabled, "
            + "ExpirationInDays: 3, TagFilters: [{key: a}]}]}\n", "resources.yml:4:", "the key 'key' is not read")]
    [Arguments(
        "resources:\n  s3:\n    - BucketName: receipts\n      CorsConfiguration: {CorsRules: [{AllowedMethods: [GET], "
            + "AllowedOrigins: [a], Origins: [b]}]}\n", "resources.yml:4:", "the key 'Origins' is not read")]
    [Arguments(
        "resources:\n  s3:\n    - BucketName: receipts\n      PublicAccessBlockConfiguration: {BlockPublicAcl: true}\n",
        "resources.yml:4:",
        "the key 'BlockPublicAcl' is not read")]
    [Arguments(
        "resources:\n  dynamodb:\n    - TableName: orders\n      KeySchema: [{AttributeName: id, KeyType: HASH}]\n     "
            + " AttributeDefinitions: [{AttributeName: id, AttributeType: S}]\n      TimeToLiveSpecification: "
            + "{AttributeName: a, Enable: false}\n", "resources.yml:6:", "the key 'Enable' is not read")]
    [Arguments(
        "resources:\n  s3:\n    - BucketName: receipts\n      PolicyDocument:\n        # Version: 2012-10-17\n",
        "resources.yml:4:7: error",
        "bucket 'receipts': 'PolicyDocument' has no value")]
    [Arguments(
        "resources:\n  s3:\n    - BucketName: receipts\n      PublicAccessBlockConfiguration: ~\n",
        "resources.yml:4:7: error",
        "'PublicAccessBlockConfiguration' has no value")]
    [Arguments(
        "resources:\n  s3:\n    - BucketName: receipts\n      PublicAccessBlockConfiguration: {BlockPublicAcls: ~}\n",
        "resources.yml:4:40: error",
        "'BlockPublicAcls' has no value")]
    [Arguments(
        "resources:\n  s3:\n    - BucketName: receipts\n      LifecycleConfiguration: {Rules: [{Status: Enabled, "
            + "ExpirationInDays: 3, Prefix: ~}]}\n", "resources.yml:4:", "'Prefix' has no value")]
    [Arguments(
        "resources:\n  s3:\n    - BucketName: receipts\n      CorsConfiguration: {CorsRules: [{AllowedMethods: [GET], "
            + "AllowedOrigins: ~}]}\n", "resources.yml:4:", "'AllowedOrigins' has no value")]
    [Arguments(
        Policy + "{Statment: [{Effect: Deny, " + Everything + "}]}\n",
        "resources.yml:4:",
        "the key 'Statment' is not read")]
    [Arguments(Policy + "{Statement: ~}\n", "resources.yml:4:", "'Statement' has no value")]
    [Arguments(Policy + "{Statement: []}\n", "resources.yml:4:", "'Statement' is empty")]
    [Arguments(Policy + "{Statement: [deny]}\n", "resources.yml:4:", "a statement must be a mapping")]
    [Arguments(
        Policy + "{Statement: {Efect: Deny, " + Everything + "}}\n",
        "resources.yml:4:",
        "the key 'Efect' is not read")]
    [Arguments(
        Policy + "{Statement: [{Effect: Dney, " + Everything + "}]}\n",
        "resources.yml:4:",
        "'Effect' is 'Dney'")]
    [Arguments(
        Policy + "{Statement: [{Effect: ~, " + Everything + "}]}\n",
        "resources.yml:4:",
        "'Effect' has no value")]
    [Arguments(
        Policy + "{Statement: [{Effect: Deny, " + Everything + ", Conditon: {}}]}\n",
        "resources.yml:4:",
        "the key 'Conditon' is not read")]
    [Arguments(
        Policy + "{Statement: [{Effect: Deny, Action: x, Resource: y}]}\n",
        "resources.yml:4:",
        "it needs either 'Principal' or 'NotPrincipal'")]
    [Arguments(
        Policy + "{Statement: [{Effect: Deny, Principal: {AWS: ~}, Action: x, Resource: y}]}\n",
        "resources.yml:4:",
        "'Principal' names nothing in one place")]
    [Arguments(
        Policy + "{Statement: [{Effect: Deny, Principal: x, Action: [], Resource: y}]}\n",
        "resources.yml:4:",
        "'Action' names nothing in one place")]
    public async Task An_invalid_manifest_is_an_error_with_its_place_and_no_store_is_called(
        string manifest,
        string place,
        string message)
    {
        await using var proxy = await RecordingProxy.StartAsync(await stores.AddressAsync(LocalStores.Dynalite));
        using var run = new ProvisionerRun(dynamoDb: proxy.Address, s3: proxy.Address);

        var result = await run.ApplyAsync(manifest);

        await Assert.That(result.ExitCode).IsEqualTo(1).Because(result.ToString());
        await Assert.That(result.Error).Contains(place).And.Contains(message);
        await Assert.That(result.Output).IsEmpty();
        await Assert.That(proxy.Calls).IsEmpty();
    }

    [Test]
    public async Task An_error_in_the_last_resource_prevents_the_creation_of_the_first()
    {
        await using var proxy = await RecordingProxy.StartAsync(await stores.AddressAsync(LocalStores.Dynalite));
        using var run = new ProvisionerRun(dynamoDb: proxy.Address);

        var result = await run.ApplyAsync(TableManifests.Plain(Clients.NewName("good")) + "\n    - TableName: bad\n");

        await Assert.That(result.ExitCode).IsEqualTo(1).Because(result.ToString());
        await Assert.That(proxy.Calls).IsEmpty();
    }

    [Test]
    [Arguments(
        "PROVISION_TIMEOUT",
        "soon",
        "PROVISION_TIMEOUT is 'soon'; allowed: a duration such as 250ms, 30s, 5m or 1h, at most 24h")]
    [Arguments(
        "PROVISION_TIMEOUT",
        "25h",
        "PROVISION_TIMEOUT is '25h'; allowed: a duration such as 250ms, 30s, 5m or 1h, at most 24h")]
    [Arguments(
        "PROVISION_ALLOW_INDEX_REMOVAL",
        "yes",
        "PROVISION_ALLOW_INDEX_REMOVAL is 'yes'; allowed: true or false")]
    [Arguments(
        "AWS_ENDPOINT_URL_S3",
        "localhost",
        "AWS_ENDPOINT_URL_S3 is 'localhost'; allowed: a URL such as http://127.0.0.1:8000")]
    public async Task A_wrong_setting_is_an_error_with_its_variable_its_value_and_what_is_allowed(
        string variable,
        string value,
        string message)
    {
        using var run = new ProvisionerRun().With(variable, value);

        var result = await run.RunAsync();

        await Assert.That(result.ExitCode).IsEqualTo(2);
        await Assert.That(result.Error.Trim()).IsEqualTo($"esb-provisioner: error: {message}");
    }

    [Test]
    public async Task An_unknown_option_is_a_usage_error()
    {
        using var run = new ProvisionerRun();

        var result = await run.RunAsync("--force");

        await Assert.That(result.ExitCode).IsEqualTo(2);
        await Assert.That(result.Error).Contains("unknown argument '--force'");
    }

    [Test]
    public async Task A_dry_run_prints_the_plan_and_makes_no_change_call()
    {
        await using var proxy = await RecordingProxy.StartAsync(await stores.AddressAsync(LocalStores.Dynalite));
        using var run = new ProvisionerRun(dynamoDb: proxy.Address);
        var (there, missing) = (Clients.NewName("there"), Clients.NewName("missing"));
        await run.ApplyAsync(TableManifests.Plain(there));
        proxy.Forget();

        var result = await run.ApplyAsync(
            TableManifests.Plain(there) + "\n" + TableManifests.Plain(missing).Split("dynamodb:\n")[1], "--dry-run");

        await Assert.That(result.ExitCode).IsEqualTo(0).Because(result.ToString());
        await Assert.That(result.Output).Contains("unchanged").And.Contains($"{missing}  create")
            .And.Contains("Plan: 1 to create, 0 to update, 1 unchanged. Nothing was changed.");
        await Assert.That(proxy.Changes).IsEmpty();
    }

    [Test]
    public async Task The_schema_of_the_report_matches_its_record() => await Report.IsWrittenAsync();

    [Test]
    public async Task Json_is_one_document_with_resources_and_diagnostics()
    {
        using var run = new ProvisionerRun(dynamoDb: await stores.AddressAsync(LocalStores.Dynalite));
        var table = Clients.NewName("orders");

        var result = await run.ApplyAsync(
            TableManifests.Plain(table, "TableClass: STANDARD_INFREQUENT_ACCESS\nWarmThroughput: {}"), "--json");

        using var document = JsonDocument.Parse(result.Output);
        var resource = document.RootElement.GetProperty("resources")[0];
        await Assert.That(resource.GetProperty("name").GetString()).IsEqualTo(table);
        await Assert.That(resource.GetProperty("outcome").GetString()).IsEqualTo("created");
        await Assert.That(resource.GetProperty("notDone")[0].GetProperty("property").GetString())
            .IsEqualTo("TableClass");
        await Assert.That(document.RootElement.GetProperty("diagnostics").EnumerateArray()
            .Select(d => d.GetProperty("message").GetString()))
            .Contains($"table '{table}': 'WarmThroughput' is not applied by this version");
        await Report.DescribesAsync(result.Output);
    }
}
