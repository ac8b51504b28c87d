using Esb.Cli.Bundles.Format;
using Esb.Cli.Commands;
using Esb.Cli.Terminal;

namespace Esb.Cli.Tests.Bundles;

internal sealed class BundleEndTests
{
    private static readonly byte[] Bundle = BundleBytes.Write(BundleItem.OfBytes(
        "code/orders/0123456789abcdef/app.py", "def handler(event, context): return 1\n"u8.ToArray()));

    [Test]
    [Arguments(1)]
    [Arguments(7)]
    [Arguments(8)]
    [Arguments(100)]
    [Arguments(4096)]
    [Arguments(100_000)]
    public async Task Bytes_after_the_end_are_refused_whatever_they_are(int length)
    {
        var random = new byte[length];
        new Random(length).NextBytes(random);
        foreach (var more in (byte[][])[new byte[length], random, [.. random, .. Bundle[^8..]]])
            await Assert.That(Fault([.. Bundle, .. more])).IsEqualTo("it holds more than its manifest says");
    }

    [Test]
    public async Task A_second_gzip_member_is_refused_and_so_is_a_wrong_checksum_at_the_end()
    {
        await Assert.That(Fault([.. Bundle, .. BundleBytes.Zipped([0])]))
            .IsEqualTo("it holds more than its manifest says");
        await Assert.That(Fault([.. Bundle, .. Bundle])).IsEqualTo("it holds more than its manifest says");
        var changed = (byte[])Bundle.Clone();
        changed[^6] ^= 1;
        await Assert.That(Fault(changed)).IsNotEmpty();
        await Assert.That(Fault(Bundle)).IsEqualTo("");
    }

    [Test]
    public async Task A_bundle_whose_code_is_not_in_it_changes_nothing()
    {
        var root = Directory.CreateTempSubdirectory("esb-bundle-").FullName;
        BundleItem[] items =
        [
            BundleItem.OfBytes(
                EntryPath.Functions,
                [
                    .. "functions:\n  orders: { code: code/orders/0123456789abcdef, "u8,
                    .. "runtime: python3.12, handler: app.handler }\n"u8,
                ]),
            BundleItem.OfBytes(EntryPath.Resources, "resources: {}\n"u8.ToArray()),
            BundleItem.OfBytes(EntryPath.Routing, "routes: []\n"u8.ToArray()),
        ];
        var file = Path.Combine(root, "site.esb");
        await using (var output = File.Create(file))
            BundleWriter.Write(output, BundleBytes.Manifest(items), items, _ => { }, CancellationToken.None);
        await File.WriteAllTextAsync(
            Path.Combine(root, "settings.env"),
            $"ESB_STATE_DIR={root}/state\nCONFIG_DIR={root}/config\nGATEWAY_PORT=1\nADMIN_PORT=2\nESB_PROJECT=test\n");
        using var text = new StringWriter();
        var code = await CommandLine.RunAsync(
            [
                "deploy", "--from", file, "-o", Path.Combine(root, "out"), "--env-file",
                Path.Combine(root, "settings.env"),
            ], new Screen(text, text, ScreenTraits.Plain), CancellationToken.None);
        await Assert.That(code).IsEqualTo(1).Because(text.ToString());
        await Assert.That(text.ToString())
            .Contains("runs from 'code/orders/0123456789abcdef', which is not in the bundle")
            .And.Contains("nothing was changed");
        await Assert.That(Directory.GetFileSystemEntries(root).Select(p => Path.GetFileName(p)!))
            .IsEquivalentTo(["settings.env", "site.esb"]);
        Directory.Delete(root, recursive: true);
    }

    private static string Fault(byte[] bytes)
    {
        try
        {
            BundleBytes.Read(bytes);
            return "";
        }
        catch (BundleFault fault)
        {
            return fault.Message;
        }
    }
}
