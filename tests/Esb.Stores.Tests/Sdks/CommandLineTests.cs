using Esb.Stores.Tests.Serving;

namespace Esb.Stores.Tests.Sdks;

/// <summary>The AWS command line, as Debian has it, with files and folders.</summary>
public sealed class CommandLineTests
{
    [Test]
    public async Task Sync_makes_the_other_side_the_same_and_sends_only_what_changed()
    {
        await using var machine = await Machine.StartAsync();
        await machine.S3Async("mb", "s3://cli");
        machine.Write("up/a.txt", "a");
        machine.Write("up/folder/ä b+c.txt", "b");
        machine.Write("up/large", new string('x', 20 * 1024 * 1024));

        var first = await machine.S3Async("sync", "up", "s3://cli/tree", "--no-progress");
        var second = await machine.S3Async("sync", "up", "s3://cli/tree", "--no-progress");
        machine.Write("up/a.txt", "changed");
        File.Delete(machine.PathOf("up/folder/ä b+c.txt"));
        var third = await machine.S3Async("sync", "up", "s3://cli/tree", "--no-progress", "--delete");
        await machine.S3Async("sync", "s3://cli/tree", "s3://cli/copy", "--no-progress");
        await machine.S3Async("sync", "s3://cli/copy", "down", "--no-progress");

        await Assert.That(first.Split('\n').Count(line => line.StartsWith("upload:", StringComparison.Ordinal)))
            .IsEqualTo(3);
        await Assert.That(second).IsEqualTo("");
        await Assert.That(third.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal))
            .IsEquivalentTo([
                "delete: s3://cli/tree/folder/ä b+c.txt",
                "upload: up/a.txt to s3://cli/tree/a.txt",
            ]);
        await Assert.That(Directory.GetFiles(machine.PathOf("down")).Select(file => Path.GetFileName(file)!))
            .IsEquivalentTo(["a.txt", "large"]);
        await Assert.That(new FileInfo(machine.PathOf("down/large")).Length).IsEqualTo(20 * 1024 * 1024);
    }

    [Test]
    public async Task Files_are_copied_moved_listed_and_removed()
    {
        await using var machine = await Machine.StartAsync();
        await machine.S3Async("mb", "s3://cli");
        machine.Write("a.txt", "a");
        await machine.S3Async("cp", "a.txt", "s3://cli/folder/a.txt", "--metadata", "who=me");
        await machine.S3Async("cp", "s3://cli/folder/a.txt", "s3://cli/b.txt");
        await machine.S3Async("mv", "s3://cli/b.txt", "s3://cli/folder/b.txt");
        var printed = await machine.S3Async("cp", "s3://cli/folder/b.txt", "-");
        var buckets = await machine.S3Async("ls");
        var top = await machine.S3Async("ls", "s3://cli");
        var all = await machine.S3Async("ls", "s3://cli", "--recursive", "--summarize");
        await machine.S3Async("rm", "s3://cli", "--recursive", "--exclude", "*", "--include", "folder/a*");
        var left = await machine.S3Async("ls", "s3://cli", "--recursive");
        await machine.S3Async("rb", "s3://cli", "--force");

        await Assert.That(printed).IsEqualTo("a");
        await Assert.That(buckets).Contains(" cli\n");
        await Assert.That(top.Trim()).IsEqualTo("PRE folder/");
        await Assert.That(all)
            .Contains("1 folder/a.txt").And.Contains("1 folder/b.txt").And.Contains("Total Objects: 2");
        await Assert.That(left).Contains("folder/b.txt").And.DoesNotContain("folder/a.txt");
        await Assert.That(await machine.S3Async("ls")).IsEqualTo("");
    }

    [Test]
    public async Task A_presigned_url_needs_no_credentials_and_no_other_signature_fits_it()
    {
        await using var machine = await Machine.StartAsync();
        await machine.S3Async("mb", "s3://cli");
        machine.Write("a.txt", "a");
        await machine.S3Async("cp", "a.txt", "s3://cli/ä b.txt");
        var url = (await machine.S3Async("presign", "s3://cli/ä b.txt", "--expires-in", "60")).Trim();
        using var client = new HttpClient();

        await Assert.That(await client.GetStringAsync(new Uri(url))).IsEqualTo("a");
        using var other = await client.GetAsync(new Uri(url.Replace("b.txt", "c.txt", StringComparison.Ordinal)));
        await Assert.That((int)other.StatusCode).IsEqualTo(403);
    }

    [Test]
    public async Task Items_are_written_and_found()
    {
        await using var machine = await Machine.StartAsync();
        await machine.AwsAsync(
            "dynamodb", "create-table", "--table-name", "cli", "--billing-mode", "PAY_PER_REQUEST", "--key-schema",
            "AttributeName=id,KeyType=HASH", "--attribute-definitions", "AttributeName=id,AttributeType=S");
        await machine.AwsAsync("dynamodb", "wait", "table-exists", "--table-name", "cli");
        await machine.AwsAsync(
            "dynamodb", "put-item", "--table-name", "cli", "--item", """{"id":{"S":"a"},"n":{"N":"1"}}""");
        var found = await machine.AwsAsync(
            "dynamodb", "scan", "--table-name", "cli", "--query", "Items[].n.N", "--output", "text");
        var read = await machine.AwsAsync(
            "dynamodb", "execute-statement", "--statement", "SELECT n FROM cli WHERE id='a'");

        await Assert.That(found.Trim()).IsEqualTo("1");
        await Assert.That(read).Contains("\"N\": \"1\"");
    }

    /// <summary>Stores, and a folder where commands run.</summary>
    private sealed class Machine(StoresProcess stores, string folder) : IAsyncDisposable
    {
        public static async Task<Machine> StartAsync() =>
            new(await StoresProcess.StartAsync(), Directory.CreateTempSubdirectory("esb-cli").FullName);

        public string PathOf(string file) => Path.Combine(folder, file);

        public void Write(string file, string content)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(PathOf(file))!);
            File.WriteAllText(PathOf(file), content);
        }

        public Task<string> S3Async(params string[] arguments) => AwsAsync(["s3", .. arguments]);

        // Debian's command line is older than the variable for the endpoint.
        public Task<string> AwsAsync(params string[] arguments) => Script.RunAsync(
            stores,
            folder,
            "/usr/bin/aws",
            ["--endpoint-url", stores.Address.GetLeftPart(UriPartial.Authority), .. arguments]);

        public async ValueTask DisposeAsync()
        {
            await stores.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }
    }
}
