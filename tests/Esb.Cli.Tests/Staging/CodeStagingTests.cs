using Esb.Cli.Staging;
using Esb.Cli.Staging.Contents;

namespace Esb.Cli.Tests.Staging;

internal sealed class CodeStagingTests
{
    [Test]
    [Arguments("one", true)]
    [Arguments("two", false)]
    public async Task Staged_code_is_identified_by_its_content_whatever_its_time_is(string written, bool isSame)
    {
        using var folder = new CodeFolder().With("bootstrap", "", executable: true).With("lib/a.txt", "one");
        var staged = await folder.StageAsync();
        var file = Path.Combine(staged!.Folder, "lib/a.txt");
        var (time, mode) = (File.GetLastWriteTimeUtc(file), File.GetUnixFileMode(file));
        File.Delete(file);
        await File.WriteAllTextAsync(file, written);
        File.SetLastWriteTimeUtc(file, time);
        File.SetUnixFileMode(file, mode);
        await Assert.That(StagedContent.IsUnchanged(staged.Folder)).IsEqualTo(isSame);
        await Assert.That((await folder.StageAsync())!.Reused).IsEqualTo(isSame);
    }

    [Test]
    public async Task A_pipe_that_appears_in_staged_code_is_reported_and_not_opened()
    {
        using var folder = new CodeFolder().With("bootstrap", "", executable: true);
        var staged = await folder.StageAsync();
        using (var made = System.Diagnostics.Process.Start("mkfifo", [Path.Combine(staged!.Folder, "pipe")]))
            await made.WaitForExitAsync();
        await Assert.That(StagedContent.IsUnchanged(staged.Folder)).IsFalse();
    }

    [Test]
    public async Task Records_of_an_earlier_version_are_read()
    {
        using var folder = new CodeFolder().With("bootstrap", "", executable: true);
        var staged = await folder.StageAsync();
        var file = new FileInfo(Path.Combine(staged!.Folder, "bootstrap"));
        var line = string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"bootstrap\0{file.Length}\0{file.LastWriteTimeUtc.Ticks}\0True\n");
        await File.WriteAllTextAsync(staged.Folder + ".content", Convert.ToHexStringLower(
            System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(line))));
        await Assert.That(StagedContent.IsUnchanged(staged.Folder)).IsTrue();
        file.LastWriteTimeUtc = file.LastWriteTimeUtc.AddSeconds(1);
        await Assert.That(StagedContent.IsUnchanged(staged.Folder)).IsFalse();
    }

    [Test]
    public async Task Staged_code_is_a_copy_with_modes_and_links_that_nobody_can_write()
    {
        using var folder = new CodeFolder().With("bootstrap", "#!/bin/sh", executable: true).With("lib/data.txt", "d")
            .WithLink("data", "lib/data.txt");
        var staged = (await folder.StageAsync())!;
        await Assert.That(staged.Reused).IsFalse();
        await Assert.That(await File.ReadAllTextAsync(Path.Combine(staged.Folder, "data"))).IsEqualTo("d");
        await Assert.That(new FileInfo(Path.Combine(staged.Folder, "data")).LinkTarget).IsEqualTo("lib/data.txt");
        await Assert.That(File.GetUnixFileMode(Path.Combine(staged.Folder, "bootstrap")) & (UnixFileMode.UserExecute
            | UnixFileMode.UserWrite)).IsEqualTo(UnixFileMode.UserExecute);
        await Assert.That(File.GetUnixFileMode(Path.Combine(staged.Folder, "lib/data.txt")) & UnixFileMode.UserWrite)
            .IsEqualTo(UnixFileMode.None);
    }

    [Test]
    public async Task The_same_code_is_staged_once_and_an_edit_makes_a_second_folder()
    {
        using var folder = new CodeFolder().With("bootstrap", "one");
        var first = (await folder.StageAsync())!;
        var again = (await folder.StageAsync())!;
        await Assert.That(again.Reused).IsTrue();
        await Assert.That(again.Folder).IsEqualTo(first.Folder);

        folder.With("bootstrap", "two");
        var second = (await folder.StageAsync())!;
        await Assert.That(second.Reused).IsFalse();
        await Assert.That(await File.ReadAllTextAsync(Path.Combine(first.Folder, "bootstrap"))).IsEqualTo("one");
        await Assert.That(await File.ReadAllTextAsync(Path.Combine(second.Folder, "bootstrap"))).IsEqualTo("two");
    }

    [Test]
    [Arguments("bootstrap", "#!/bin/sh\nexit 1")]
    [Arguments("left.txt", "secret of a customer")]
    [Arguments("lib/data.txt", null)]
    public async Task Code_is_staged_again_after_a_function_has_changed_it(string path, string? text)
    {
        using var folder = new CodeFolder().With("bootstrap", "#!/bin/sh", executable: true).With("lib/data.txt", "d");
        var first = (await folder.StageAsync())!;
        var file = Path.Combine(first.Folder, path);
        File.Delete(file);
        if (text is not null)
            await File.WriteAllTextAsync(file, text);

        var second = (await folder.StageAsync())!;
        await Assert.That(second.Reused).IsFalse();
        await Assert.That(second.Folder).IsNotEqualTo(first.Folder);
        await Assert.That(second.Key).IsNotEqualTo(first.Key);
        await Assert.That(Directory.EnumerateFileSystemEntries(second.Folder).Select(f => Path.GetFileName(f)!))
            .IsEquivalentTo(["bootstrap", "lib"]);
        await Assert.That(await File.ReadAllTextAsync(Path.Combine(second.Folder, "bootstrap"))).IsEqualTo("#!/bin/sh");
        await Assert.That(await File.ReadAllTextAsync(Path.Combine(second.Folder, "lib/data.txt"))).IsEqualTo("d");
        await Assert.That(folder.Messages).Contains("Orders: what was staged of its code was changed since");

        var third = (await folder.StageAsync())!;
        await Assert.That(third.Reused).IsTrue();
        await Assert.That(third.Folder).IsEqualTo(second.Folder);
    }

    [Test]
    public async Task Cache_files_of_an_interpreter_do_not_count_as_a_change()
    {
        using var folder = new CodeFolder().With("app.py", "x");
        var first = (await folder.StageAsync())!;
        Directory.CreateDirectory(Path.Combine(first.Folder, "__pycache__"));
        await File.WriteAllTextAsync(Path.Combine(first.Folder, "__pycache__/app.cpython-312.pyc"), "");
        await Assert.That((await folder.StageAsync())!.Reused).IsTrue();
    }

    [Test]
    public async Task An_edit_that_keeps_size_and_time_is_still_detected()
    {
        using var folder = new CodeFolder().With("bootstrap", "one");
        var time = DateTime.UtcNow.AddHours(-1);
        File.SetLastWriteTimeUtc(Path.Combine(folder.Code, "bootstrap"), time);
        var first = (await folder.StageAsync())!;
        folder.With("bootstrap", "two");
        File.SetLastWriteTimeUtc(Path.Combine(folder.Code, "bootstrap"), time);
        await Assert.That((await folder.StageAsync())!.Folder).IsNotEqualTo(first.Folder);
    }

    [Test]
    public async Task Another_runtime_has_another_folder_since_dependencies_differ()
    {
        using var folder = new CodeFolder().With("app.py", "x");
        var one = (await folder.StageAsync("python3.11"))!;
        await Assert.That((await folder.StageAsync("python3.12"))!.Folder).IsNotEqualTo(one.Folder);
    }

    [Test]
    public async Task Forced_staging_makes_a_new_folder_that_is_used_from_then_on()
    {
        using var folder = new CodeFolder().With("bootstrap", "one");
        var first = (await folder.StageAsync())!;
        var second = (await folder.StageAsync(again: true))!;
        await Assert.That(second.Folder).IsEqualTo(first.Folder + "-2");
        await Assert.That(Directory.Exists(first.Folder)).IsTrue();
        await Assert.That((await folder.StageAsync())!.Folder).IsEqualTo(second.Folder);
    }

    [Test]
    public async Task Functions_with_the_same_code_share_one_folder()
    {
        using var folder = new CodeFolder().With("bootstrap", "one");
        var staging = folder.Staging();
        var both = await Task.WhenAll(((string[])["orders", "receipts"])
            .Select(name => Task.Run(() => folder.StageAsync(staging, name))));
        await Assert.That(both[0]!.Folder).IsEqualTo(both[1]!.Folder);
        var third = (await folder.StageAsync(folder.Staging(), "third"))!;
        await Assert.That(third.Reused).IsTrue();
    }

    [Test]
    public async Task Many_concurrent_stagings_make_one_folder_and_leave_nothing_behind()
    {
        using var folder = new CodeFolder().With("bootstrap", "one").With("more", "x");
        var staged = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => folder.StageAsync())));
        await Assert.That(staged.Select(s => s!.Folder).Distinct().Count()).IsEqualTo(1);
        await Assert.That(Directory.GetDirectories(Path.Combine(folder.Staged, "orders")).Length).IsEqualTo(1);
    }

    [Test]
    public async Task A_folder_counts_as_unchanged_while_its_record_is_being_written()
    {
        using var folder = new CodeFolder().With("bootstrap", "one");
        var staged = (await folder.StageAsync())!.Folder;
        using var enough = new CancellationTokenSource();
        var writing = Task.Run(() =>
        {
            while (!enough.IsCancellationRequested)
                StagedContent.Record(staged);
        });

        var changed = Enumerable.Range(0, 2_000).Count(_ => !StagedContent.IsUnchanged(staged));

        await enough.CancelAsync();
        await writing;
        await Assert.That(changed).IsEqualTo(0);
    }

    [Test]
    public async Task Leftovers_of_a_killed_staging_are_removed_by_the_next_one()
    {
        using var folder = new CodeFolder().With("bootstrap", "one");
        var leftover = Directory.CreateDirectory(Path.Combine(
            folder.Staged, "orders", ".staging-4194305-x")).FullName; // Above the largest pid
        await folder.StageAsync();
        await Assert.That(Directory.Exists(leftover)).IsFalse();
    }

    [Test]
    public async Task An_archive_is_unpacked_with_its_modes_and_links()
    {
        using var folder = new CodeFolder();
        var source = folder.Archive(
            ("bootstrap", "#!/bin/sh", 0x81ED), ("lib/a.txt", "a", 0x81A4), ("a", "lib/a.txt", 0xA1FF));
        var staged = (await folder.StageAsync(source: source))!;
        await Assert.That(await File.ReadAllTextAsync(Path.Combine(staged.Folder, "a"))).IsEqualTo("a");
        await Assert.That(File.GetUnixFileMode(Path.Combine(staged.Folder, "bootstrap"))
            .HasFlag(UnixFileMode.UserExecute)).IsTrue();
        await Assert.That((await folder.StageAsync(source: source))!.Reused).IsTrue();
    }

    [Test]
    [Arguments("../evil", 0x81A4, "x")]
    [Arguments("/evil", 0x81A4, "x")]
    [Arguments("a/../../evil", 0x81A4, "x")]
    [Arguments("a\\..\\evil", 0x81A4, "x")]
    [Arguments("link", 0xA1FF, "/etc")]
    [Arguments("link", 0xA1FF, "../..")]
    public async Task An_archive_with_paths_outside_its_folder_is_refused_and_leaves_nothing(
        string name,
        int mode,
        string text)
    {
        using var folder = new CodeFolder();
        var source = folder.Archive(("ok", "fine", 0x81A4), (name, text, mode));
        await Assert.That(await folder.StageAsync(source: source)).IsNull();
        await Assert.That(folder.Messages).Contains("template.yaml:9:7").And.Contains("leads out of the folder");
        await Assert.That(Directory.GetFileSystemEntries(folder.Root, "evil", SearchOption.AllDirectories).Length)
            .IsEqualTo(0);
        await Assert.That(Directory.GetFileSystemEntries(Path.Combine(folder.Staged, "orders")).Length).IsEqualTo(0);
    }

    [Test]
    [Arguments("a\0b", 0x81A4, "x")]
    [Arguments("link", 0xA1FF, "..\0")]
    public async Task An_archive_with_a_NUL_in_a_name_or_a_link_is_refused(string name, int mode, string text)
    {
        using var folder = new CodeFolder();
        await Assert.That(await folder.StageAsync(source: folder.Archive((name, text, mode)))).IsNull();
        await Assert.That(folder.Messages).Contains("leads out of the folder");
    }

    [Test]
    [Arguments("a", "b", "a/x", 0xA1FF, "..")] // x would be next to the folder that contains b.
    [Arguments("a", "b/c", "a/x", 0x81A4, "evil")]
    [Arguments("a", "b", "a/x/", 0x41ED, "")]
    [Arguments("a", "b", "./a/./x", 0x81A4, "evil")]
    public async Task An_entry_below_a_link_is_refused_in_any_order(
        string link,
        string target,
        string below,
        int mode,
        string text)
    {
        (string, string, int)[] entries = [("b/c/ok", "fine", 0x81A4), (link, target, 0xA1FF), (below, text, mode)];
        foreach (var order in (IEnumerable<(string, string, int)[]>)[entries, [.. entries.Reverse()]])
        {
            using var folder = new CodeFolder();
            await Assert.That(await folder.StageAsync(source: folder.Archive(order))).IsNull();
            await Assert.That(folder.Messages).Contains("is below a link, 'a'").And.Contains("template.yaml:9:7");
            await Assert.That(Directory.GetFileSystemEntries(Path.Combine(folder.Staged, "orders")).Length)
                .IsEqualTo(0);
        }
    }

    // d/e is the top folder through two links, so d/e/e is in it and its two steps up end above the folder.
    [Test]
    public async Task Links_below_links_create_nothing_outside_of_the_folder()
    {
        using var folder = new CodeFolder();
        var source = folder.Archive(
            ("a/b/c/ok", "fine", 0x81A4),
            ("d", "a/b/c", 0xA1FF),
            ("a/b/c/e", "../../..", 0xA1FF),
            ("d/e/e", "../..", 0xA1FF),
            ("d/e/e/evil", "x", 0xA1FF));
        await Assert.That(await folder.StageAsync(source: source)).IsNull();
        await Assert.That(folder.Messages).Contains("is below a link");
        await Assert.That(Directory.GetFileSystemEntries(folder.Root, "*", SearchOption.AllDirectories)
            .Where(p => Path.GetFileName(p) is "e" or "evil")
            .Count()).IsEqualTo(0);
    }

    [Test]
    [Arguments("a", 0x81A4, "a/x", 0x81A4, "is below a file")]
    [Arguments("a", 0xA1FF, "a", 0x81A4, "is in it twice")]
    [Arguments("a", 0x81A4, "a/", 0x41ED, "is in it twice")]
    public async Task An_archive_with_contradictory_entries_for_one_path_is_refused(
        string one,
        int mode,
        string other,
        int otherMode,
        string message)
    {
        using var folder = new CodeFolder();
        await Assert.That(await folder.StageAsync(source: folder.Archive((one, "b", mode), (other, "", otherMode))))
            .IsNull();
        await Assert.That(folder.Messages).Contains(message);
    }

    [Test]
    public async Task Names_that_begin_with_a_dot_and_a_slash_are_used_without_them()
    {
        using var folder = new CodeFolder();
        var source = folder.Archive(
            ("./", "", 0x41ED),
            ("./bootstrap", "#!/bin/sh", 0x81ED),
            ("./lib/./a.txt", "a", 0x81A4),
            ("./empty/", "", 0x41ED));
        var staged = await folder.StageAsync(source: source);
        await Assert.That(folder.Messages).IsEqualTo("");
        await Assert.That(await File.ReadAllTextAsync(Path.Combine(staged!.Folder, "lib/a.txt"))).IsEqualTo("a");
        await Assert.That(File.GetUnixFileMode(Path.Combine(staged.Folder, "bootstrap"))
            .HasFlag(UnixFileMode.UserExecute)).IsTrue();
        await Assert.That(Directory.Exists(Path.Combine(staged.Folder, "empty"))).IsTrue();
    }

    [Test]
    public async Task A_damaged_archive_is_an_error_and_not_a_stack_trace()
    {
        using var folder = new CodeFolder();
        var source = folder.Archive(("bootstrap", new string('x', 10_000), 0x81ED));
        await using (var file = new FileStream(source.Path, FileMode.Open))
            file.SetLength(file.Length - 30);
        await Assert.That(await folder.StageAsync(source: source)).IsNull();
        await Assert.That(folder.Messages).Contains("cannot be unpacked");
    }

    [Test]
    public async Task An_entry_with_a_wrong_checksum_is_refused()
    {
        using var folder = new CodeFolder();
        var source = folder.Archive(("bootstrap", "#!/bin/sh", 0x81ED));
        var bytes = await File.ReadAllBytesAsync(source.Path);
        bytes[bytes.AsSpan().IndexOf("PK\u0001\u0002"u8) + 16] ^= 1; // The CRC in the central directory.
        await File.WriteAllBytesAsync(source.Path, bytes);
        await Assert.That(await folder.StageAsync(source: source)).IsNull();
        await Assert.That(folder.Messages).Contains("cannot be unpacked")
            .And.Contains("the checksum of 'bootstrap' is wrong");
    }

    [Test]
    public async Task Inline_code_and_a_single_file_are_staged_too()
    {
        using var folder = new CodeFolder().With("bootstrap", "one", executable: true);
        var inline = (await folder.StageAsync("python3.11", source: new InlineSource("index.py", "x = 1")))!;
        await Assert.That(await File.ReadAllTextAsync(Path.Combine(inline.Folder, "index.py"))).IsEqualTo("x = 1");
        var single =
            (await folder.StageAsync(source: CodeSource.At(Path.Combine(folder.Code, "bootstrap"), folder.Origin)))!;
        await Assert.That(File.Exists(Path.Combine(single.Folder, "bootstrap"))).IsTrue();
    }

    [Test]
    public async Task Missing_code_is_an_error_that_names_the_place()
    {
        using var folder = new CodeFolder();
        await Assert.That(CodeSource.At(Path.Combine(folder.Code, "none"), folder.Origin)).IsNull();
        await Assert.That(folder.Messages).Contains("template.yaml:9:7: error: Orders: there is no code at")
            .And.Contains("none");
    }
}
