using System.Net.Http.Headers;
using System.Text;
using Esb.Cli.Gateway;
using Esb.Cli.Platform;
using Esb.Cli.Platform.Stores;
using Esb.Cli.Processes;
using Esb.Cli.Settings;

namespace Esb.Cli.Tests.Platform;

internal sealed class DatabaseInstallationTests
{
    [Test]
    public async Task The_local_database_is_installed_once_and_keeps_its_data_over_a_restart()
    {
        Skip.When(Executables.Find("npm") is null, "npm is not on the PATH");
        await using var platform = new LocalPlatform().With(SettingNames.DatabaseEndpoint, "");
        var up = await platform.UpAsync();
        await Assert.That(up.Error).IsEqualTo("");
        var installed = new DatabaseInstallation(platform.Settings.State).Program;
        var stamp = File.GetLastWriteTimeUtc(Path.GetDirectoryName(installed)!);
        await Assert.That(await AskAsync(platform, "CreateTable", """
            {"TableName":"orders","BillingMode":"PAY_PER_REQUEST","AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],
             "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}]}
            """)).Contains("orders");
        // Refused until the table is there.
        await Eventually.TrueAsync(async () => await AskAsync(
            platform, "PutItem", """{"TableName":"orders","Item":{"id":{"S":"7"},"what":{"S":"kept"}}}""") == "{}");
        await Assert.That(await AskAsync(platform, "ListTables", "{}", "http://evil.example"))
            .Contains("AccessDeniedException")
            .And.DoesNotContain("orders");
        await Assert.That(await AskAsync(
            platform, "ListTables", "{}", platform.State.Addresses.Database.GetLeftPart(UriPartial.Authority)))
            .Contains("orders");
        await platform.DownAsync();
        await platform.UpAsync();
        await Assert.That(await AskAsync(platform, "GetItem", """{"TableName":"orders","Key":{"id":{"S":"7"}}}"""))
            .Contains("kept");
        await Assert.That(File.GetLastWriteTimeUtc(Path.GetDirectoryName(installed)!)).IsEqualTo(stamp);
        await Assert.That(Directory.GetDirectories(platform.Settings.State.Stores).Length).IsEqualTo(1);
    }

    // As npm does behind a proxy that refuses every connection.
    [Test]
    public async Task An_installation_that_does_not_end_is_given_up_and_leaves_nothing_behind()
    {
        await using var platform = new LocalPlatform();
        platform.Settings.State.Create();
        var npm = Path.Combine(platform.Settings.State.Stores, "npm");
        await File.WriteAllTextAsync(npm, "#!/bin/sh\nwhile :; do sleep 1; done\n");
        File.SetUnixFileMode(npm, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var database =
            new DatabaseInstallation(platform.Settings.State) { Npm = npm, Timeout = TimeSpan.FromSeconds(1) };
        var failure = await Assert.That(async () => await database.InstallAsync(CancellationToken.None))
            .Throws<CommandFailure>();
        await Assert.That(failure!.Message)
            .Contains("the local database could not be installed: npm ci had not ended after 1.0 s");
        await Assert.That(Directory.GetDirectories(platform.Settings.State.Stores)).IsEmpty();
    }

    [Test]
    public async Task The_lock_file_pins_every_package_by_hash_and_names_no_registry()
    {
        using var stream = typeof(DatabaseInstallation).Assembly.GetManifestResourceStream("stores/package-lock.json")!;
        using var reader = new StreamReader(stream);
        var text = await reader.ReadToEndAsync();
        await Assert.That(text).DoesNotContain("\"resolved\"");
        await Assert.That(text).Contains("\"node_modules/dynalite\": {\n      \"version\": \"4.0.0\"");
        var packages = text.Split("\"node_modules/").Length - 1;
        await Assert.That(text.Split("\"integrity\": \"sha512-").Length - 1).IsEqualTo(packages);
    }

    private static async Task<string> AskAsync(
        LocalPlatform platform,
        string operation,
        string body,
        string? origin = null)
    {
        using var http = LocalHttp.Create();
        using var request = new HttpRequestMessage(HttpMethod.Post, platform.State.Addresses.Database);
        request.Headers.Add("X-Amz-Target", $"DynamoDB_20120810.{operation}");
        request.Headers.Add("X-Amz-Date", "20260101T000000Z");
        if (origin is not null)
            request.Headers.Add("Origin", origin);
        request.Headers.TryAddWithoutValidation("Authorization", "AWS4-HMAC-SHA256 "
            + "Credential=any/20260101/eu-west-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0");
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.0");
        using var response = await http.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }
}
