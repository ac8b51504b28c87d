using System.Diagnostics.CodeAnalysis;
using Esb.Cli.Bundles.Format;
using Esb.Cli.Staging.Contents;

namespace Esb.Cli.Tests.Bundles;

/// <summary>Bundles with correct checksums and malicious manifests.</summary>
internal sealed class HostileBundleTests
{
    private const string Rest =
        """ "mode":"process","architecture":"x86_64","environment":"prod","templates":[],"images":[],"entries":[]}""";

    private static readonly string Sum = new('0', 64);

    [Test]
    [Arguments("/etc/passwd", "leads out")]
    [Arguments("../escape", "leads out")]
    [Arguments("code/orders/0123/../../../../escape", "leads out")]
    [Arguments("code/orders/0123//app.py", "leads out")]
    [Arguments("code/orders/0123/a\\u0000b", "leads out")]
    [Arguments("code/orders/0123/a\\u001b[2J", "leads out")]
    [Arguments("code/orders/0123", "is not what a bundle holds")]
    [Arguments("code/../0123/app.py", "leads out")]
    [Arguments("code/or ders/0123/app.py", "is not what a bundle holds")]
    [Arguments("code/orders/..x/app.py", "is not what a bundle holds")]
    [Arguments("platform.json", "is not what a bundle holds")]
    [Arguments("configuration/other.yml", "is not what a bundle holds")]
    public async Task A_path_outside_of_the_bundle_s_folders_is_refused(string path, string message) =>
        await RefusedAsync(Manifest(File(path)), message);

    [Test]
    [Arguments("code/orders/0123/link", "/etc/passwd")]
    [Arguments("code/orders/0123/link", "../../../escape")]
    [Arguments("code/orders/0123/link", "sub/../../escape")]
    [Arguments("code/orders/0123/sub/link", "../../other")]
    [Arguments("layers/orders/0123/link", "")]
    public async Task A_link_to_a_target_outside_its_folder_is_refused(string path, string target) =>
        await RefusedAsync(Manifest($$"""{"path":"{{path}}","link":"{{target}}"}"""), "leads out of its folder");

    [Test]
    [Arguments("configuration/functions.yml")]
    [Arguments("templates/1/link")]
    [Arguments("images/blobs/sha256/link")]
    public async Task A_link_that_is_not_part_of_code_is_refused(string path) =>
        await RefusedAsync(
            Manifest($$"""{"path":"{{path}}","link":"x"}"""), "is a link in a place where a bundle must not have one");

    [Test]
    public async Task Nothing_may_be_below_a_link_or_a_file() =>
        await RefusedAsync(
            Manifest("""{"path":"code/orders/0123/sub","link":"x"}""", File("code/orders/0123/sub/app.py")),
            "is below another entry");

    [Test]
    public async Task The_same_path_twice_and_paths_out_of_order_are_refused()
    {
        await RefusedAsync(Manifest(File("code/orders/0123/a"), File("code/orders/0123/a")), "is out of order");
        await RefusedAsync(Manifest(File("code/orders/0123/b"), File("code/orders/0123/a")), "is out of order");
    }

    [Test]
    [Arguments("68719476737")]
    [Arguments("9223372036854775807")]
    [Arguments("-1")]
    public async Task Sizes_that_no_machine_has_room_for_are_refused_before_a_byte_of_them_is_read(string size) =>
        await RefusedAsync(
            Manifest(File("code/orders/0123/a", size), File("code/orders/0123/b", size)), "holds more than 64 GiB");

    [Test]
    [Arguments("2", "it has format 2; this esb reads format 1")]
    [Arguments("0", "it has format 0")]
    [Arguments("\"1\"", "is not what esb bundle writes")]
    [Arguments("99999999999999999999", "is not what esb bundle writes")]
    public async Task An_unknown_format_is_refused_whatever_else_the_manifest_has(string format, string message) =>
        await RefusedAsync($$"""{"format":{{format}},"esb":"9.0.0","new":[]}""", message);

    [Test]
    [Arguments("")]
    [Arguments("[]")]
    [Arguments("{}")]
    [Arguments("""{"format":1}""")]
    [Arguments("""{"format":1,"format":1}""")]
    [Arguments("[[[[[[[[[[[[[[[[[[[[")]
    [Arguments("""{"format":1,"esb":"\ud800",""" + Rest)]
    public async Task Text_that_is_not_a_manifest_is_refused(string manifest) =>
        await RefusedAsync(manifest, "is not what esb bundle writes");

    [Test]
    [Arguments("process", "nowhere", "it is for the mode 'nowhere'")]
    [Arguments("prod", "../up", "is not a name of an environment")]
    public async Task Values_that_become_paths_or_options_are_checked(string word, string other, string message) =>
        await RefusedAsync(
            Manifest(File("code/orders/0123/a")).Replace($"\"{word}\"", $"\"{other}\"", StringComparison.Ordinal),
            message);

    [Test]
    public async Task A_manifest_without_the_three_documents_is_refused() =>
        await RefusedAsync("""{"format":1,"esb":"1",""" + Rest, "it has no configuration/functions.yml");

    [Test]
    public async Task A_manifest_that_claims_two_gigabytes_takes_no_memory()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var tar = new byte[TarBlocks.Length];
        TarHeader.Of(new BundleEntry(ManifestJson.FileName, int.MaxValue, "")).CopyTo(tar, 0);
        var fault = Fault(BundleBytes.Zipped(tar));
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        await Assert.That(fault).Contains("its manifest is larger than 64 MiB");
        await Assert.That(allocated).IsLessThan(8 << 20);
    }

    private static string File(string path, string size = "0") =>
        $$"""{"path":"{{path}}","size":{{size}},"sha256":"{{Sum}}"}""";

    private static string Manifest(params string[] entries)
    {
        string[] documents = [File(EntryPath.Functions), File(EntryPath.Resources), File(EntryPath.Routing)];
        var all = $"\"entries\":[{string.Join(',', entries.Concat(documents))}]";
        return """{"format":1,"esb":"1.2.3",""" + Rest.Replace("\"entries\":[]", all, StringComparison.Ordinal);
    }

    private static async Task RefusedAsync(
        [StringSyntax(StringSyntaxAttribute.Json)] string manifest,
        string message) =>
        await Assert.That(Fault(BundleBytes.WithManifest(manifest))).Contains(message);

    private static string Fault(byte[] bundle)
    {
        try
        {
            BundleBytes.Read(bundle);
            return "it was taken";
        }
        catch (BundleFault fault)
        {
            return fault.Message;
        }
    }
}
