using System.Diagnostics;
using System.Text;
using CsCheck;
using Esb.Cli.Bundles.Format;

namespace Esb.Cli.Tests.Bundles;

internal sealed class BundleFormatTests
{
    private const string Folder = "code/orders/0123456789abcdef";

    private static readonly Gen<string> Name = Gen.Char["abcXYZ09._- äß"].Array[1, 160].Select(c => new string(c))
        .Where(n => n is not ("." or "..") && Encoding.UTF8.GetByteCount(n) < 250);

    private static readonly Gen<BundleItem> Item =
        from name in Name
        from content in Gen.Byte.Array[0, 2000]
        from kind in Gen.Int[0, 3]
        let item = BundleItem.OfBytes($"{Folder}/{name}", content)
        select kind switch
        {
            0 => new BundleItem(
                new BundleEntry($"{Folder}/{name}", 0, "") { LinkTarget = $"below/{name}" }, () => Stream.Null),
            1 => item with { Entry = item.Entry with { IsExecutable = true } },
            _ => item,
        };

    private static readonly Gen<BundleItem[]> Items = Item.Array[0, 8]
        .Select(items => items.DistinctBy(i => i.Entry.Path).ToArray());

    [Test]
    public void What_was_written_is_read_again_and_the_same_items_give_the_same_bytes() => Items.Sample(items =>
    {
        var bytes = BundleBytes.Write(items);
        var read = BundleBytes.Read(bytes);
        return BundleBytes.Write(items.Reverse()).AsSpan().SequenceEqual(bytes) && read.SequenceEqual(Expected(items));
    });

    [Test]
    public void A_bundle_with_any_byte_changed_or_cut_off_is_refused_or_has_the_same_content() =>
        Gen.Select(
            Items, Gen.Int[0, 4], Gen.Double[0, 1], Gen.Byte, Gen.Bool).Sample((items, how, where, value, inside) =>
        {
            var bytes = BundleBytes.Write(items);
            var before = BundleBytes.Read(bytes);
            var mutated = inside
                ? BundleBytes.Zipped(Mutated(BundleBytes.Unzipped(bytes), how, where, value))
                : Mutated(bytes, how, where, value);
            try
            {
                return BundleBytes.Read(mutated).SequenceEqual(before);
            }
            catch (BundleFault)
            {
                return true;
            }
        }, iter: 2000);

    [Test]
    public async Task Every_byte_of_the_tar_file_inside_counts()
    {
        var tar = BundleBytes.Unzipped(BundleBytes.Write(BundleItem.OfBytes(
            $"{Folder}/app.py", "def handler(event, context): return 1\n"u8.ToArray())));
        List<int> accepted = [];
        for (var at = 0; at < tar.Length; at++)
        {
            tar[at] ^= 4;
            if (!IsRefused(BundleBytes.Zipped(tar)))
                accepted.Add(at);
            tar[at] ^= 4;
        }

        await Assert.That(tar.Length).IsGreaterThan(5000);
        await Assert.That(accepted).IsEmpty();
    }

    [Test]
    public async Task A_bundle_that_ends_early_is_refused_wherever_it_ends()
    {
        var bytes = BundleBytes.Write(BundleItem.OfBytes(
            $"{Folder}/app.py", "def handler(event, context): return 1\n"u8.ToArray()));
        var accepted = Enumerable.Range(0, bytes.Length).Where(length => !IsRefused(bytes[..length])).ToArray();
        await Assert.That(accepted).IsEmpty();
    }

    [Test]
    public async Task Tar_lists_and_unpacks_a_bundle_long_names_links_and_programs_included()
    {
        var folder = Directory.CreateTempSubdirectory("esb-bundle-");
        var longName = new string('n', 120) + "/" + new string('m', 120);
        var file = Path.Combine(folder.FullName, "site.esb");
        await File.WriteAllBytesAsync(file, BundleBytes.Write(
            BundleItem.OfBytes($"{Folder}/{longName}", "long"u8.ToArray()),
            BundleItem.OfBytes($"{Folder}/run", "#!/bin/sh\n"u8.ToArray()) is var run
                ? run with { Entry = run.Entry with { IsExecutable = true } }
                : run,
            new BundleItem(new BundleEntry($"{Folder}/link", 0, "") { LinkTarget = longName }, () => Stream.Null)));

        using var tar = Process.Start("tar", ["--extract", "--file", file, "--directory", folder.FullName]);
        await tar.WaitForExitAsync();
        using var sum = Process.Start(new ProcessStartInfo("sha256sum", ["--check", "--quiet", "manifest.sha256"])
        {
            WorkingDirectory = folder.FullName,
        })!;
        await sum.WaitForExitAsync();

        await Assert.That(tar.ExitCode).IsEqualTo(0);
        await Assert.That(sum.ExitCode).IsEqualTo(0);
        await Assert.That(await File.ReadAllTextAsync(Path.Combine(folder.FullName, Folder, "link"))).IsEqualTo("long");
        await Assert.That(File.GetUnixFileMode(Path.Combine(folder.FullName, Folder, "run")))
            .HasFlag(UnixFileMode.UserExecute);
        folder.Delete(recursive: true);
    }

    [Test]
    public async Task A_file_that_changes_while_it_is_bundled_ends_the_bundle_with_its_name()
    {
        var item = BundleItem.OfBytes($"{Folder}/app.py", "before"u8.ToArray());
        await Assert.That(() => BundleBytes.Write(item with { Open = () => new MemoryStream("after."u8.ToArray()) }))
            .Throws<BundleFault>()
            .WithMessageContaining("app.py' was changed");
        await Assert.That(() => BundleBytes.Write(item with { Open = () => new MemoryStream("short"u8.ToArray()) }))
            .Throws<BundleFault>()
            .WithMessageContaining("app.py' was changed");
    }

    private static byte[] Mutated(byte[] bytes, int how, double where, byte value)
    {
        var at = (int)(where * (bytes.Length - 1));
        return how switch
        {
            0 => [.. bytes[..at], value, .. bytes[at..]],
            1 => [.. bytes[..at], .. bytes[(at + 1)..]],
            2 => bytes[..at],
            3 => [.. bytes[..at], (byte)(bytes[at] ^ (1 << (value % 8))), .. bytes[(at + 1)..]],
            _ => [.. bytes, value, .. bytes],
        };
    }

    private static IEnumerable<string> Expected(BundleItem[] items) =>
        items.Concat(BundleBytes.Documents).OrderBy(i => i.Entry.Path, StringComparer.Ordinal).Select(i =>
        {
            using var content = new MemoryStream();
            using (var source = i.Open())
                source.CopyTo(content);
            return $"{i.Entry.Path} {i.Entry.IsExecutable} {i.Entry.LinkTarget} "
                + $"{Convert.ToHexString(content.ToArray())}";
        });

    private static bool IsRefused(byte[] bytes)
    {
        try
        {
            BundleBytes.Read(bytes);
            return false;
        }
        catch (BundleFault)
        {
            return true;
        }
    }
}
