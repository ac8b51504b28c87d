using System.Text;
using Esb.Cli.Staging.Contents;

namespace Esb.Cli.Tests.Staging;

/// <summary>
/// Files that are not archives, and archives with entries that a folder of code cannot have: nothing of them is used,
/// and the entry is named.
/// </summary>
internal sealed class ArchiveKindTests
{
    [Test]
    [Arguments("layer.zip", "it is a text\n", "it is not a zip archive")]
    [Arguments("layer.zip", "", "it is empty")]
    [Arguments("orders.JAR", "it is a text\n", "it is not a zip archive")]
    [Arguments("data", "PK\u0003\u0004cut off", "its end is missing")]
    public async Task A_file_named_as_an_archive_that_is_not_one_is_refused(string name, string text, string message)
    {
        using var folder = new CodeFolder().With(name, text);
        var source = CodeSource.At(Path.Combine(folder.Code, name), folder.Origin);
        await Assert.That(await folder.StageAsync(source: source)).IsNull();
        await Assert.That(folder.Messages).Contains("template.yaml:9:7").And.Contains("cannot be unpacked")
            .And.Contains(message);
        await Assert.That(Directory.GetFileSystemEntries(Path.Combine(folder.Staged, "orders")).Length).IsEqualTo(0);
    }

    [Test]
    [Arguments("#!/usr/bin/env python3\n")]
    [Arguments("PK, and other things")]
    public async Task An_archive_appended_to_a_program_is_unpacked_as_unzip_does_it(string before)
    {
        using var folder = new CodeFolder();
        var archive = folder.Archive(("bootstrap", "#!/bin/sh", 0x81ED), ("lib/a.txt", "a", 0x81A4));
        var path = Path.Combine(folder.Root, "program");
        await File.WriteAllBytesAsync(
            path, [.. Encoding.UTF8.GetBytes(before), .. await File.ReadAllBytesAsync(archive.Path)]);
        var staged = await folder.StageAsync(source: CodeSource.At(path, folder.Origin));
        await Assert.That(folder.Messages).IsEqualTo("");
        await Assert.That(await File.ReadAllTextAsync(Path.Combine(staged!.Folder, "lib/a.txt"))).IsEqualTo("a");
    }

    [Test]
    [Arguments(0x11A4, "a named pipe")]
    [Arguments(0x21A4, "a device")]
    [Arguments(0x61A4, "a device")]
    [Arguments(0xC1A4, "a socket")]
    [Arguments(0x41ED, "a folder with content")]
    public async Task An_entry_that_is_not_a_file_is_refused_by_name(int mode, string what)
    {
        using var folder = new CodeFolder();
        await Assert.That(await folder.StageAsync(source: folder.Archive(("ok", "fine", 0x81A4), ("odd", "x", mode))))
            .IsNull();
        await Assert.That(folder.Messages).Contains($"its entry 'odd' is {what}");
    }

    [Test]
    public async Task An_entry_that_is_encrypted_is_refused_by_name()
    {
        using var folder = new CodeFolder();
        var source = Changed(folder.Archive(("secret", "text", 0x81A4)), bytes =>
        {
            bytes[bytes.AsSpan().IndexOf("PK\u0003\u0004"u8) + 6] |= 1;
            bytes[bytes.AsSpan().IndexOf("PK\u0001\u0002"u8) + 8] |= 1;
        });
        await Assert.That(await folder.StageAsync(source: source)).IsNull();
        await Assert.That(folder.Messages).Contains("its entry 'secret' is encrypted");
    }

    [Test]
    public async Task A_name_that_is_not_UTF_8_is_refused()
    {
        using var folder = new CodeFolder();
        var source = Changed(folder.Archive(("caf~.py", "x", 0x81A4)), bytes =>
        {
            for (var i = 0; i < bytes.Length; i++)
                bytes[i] = bytes[i] == (byte)'~' ? (byte)0xE9 : bytes[i];
        });
        await Assert.That(await folder.StageAsync(source: source)).IsNull();
        await Assert.That(folder.Messages).Contains("is not UTF-8").And.Contains("caf");
    }

    [Test]
    [Arguments(5)]
    [Arguments(50)]
    public async Task An_entry_with_a_wrong_length_is_refused(byte length)
    {
        using var folder = new CodeFolder();
        var source = Changed(
            folder.Archive(("bootstrap", "0123456789", 0x81ED)),
            bytes => bytes[bytes.AsSpan().IndexOf("PK\u0001\u0002"u8) + 24] = length);
        await Assert.That(await folder.StageAsync(source: source)).IsNull();
        await Assert.That(folder.Messages).Contains("cannot be unpacked").And.Contains("'bootstrap'");
    }

    [Test]
    public async Task Two_files_with_one_name_are_refused_unless_they_are_the_same()
    {
        using var folder = new CodeFolder();
        await Assert.That(await folder.StageAsync(source: folder.Archive(
            ("app.py", "one", 0x81A4), ("./app.py", "two", 0x81A4)))).IsNull();
        await Assert.That(folder.Messages).Contains("'app.py' is in it twice");
        using var other = new CodeFolder();
        await Assert.That(await other.StageAsync(source: other.Archive(
            ("bootstrap", "one", 0x81ED), ("bootstrap", "one", 0x81ED)))).IsNotNull();
    }

    [Test]
    public async Task A_file_of_a_folder_whose_name_is_not_UTF_8_is_refused()
    {
        using var folder = new CodeFolder().With("bootstrap", "x");
        await ShellAsync(folder.Code, "printf x > \"$(printf 'caf\\351.py')\"");
        await Assert.That(folder.Tree()).IsNull();
        await Assert.That(folder.Messages).Contains("is not UTF-8").And.Contains("caf");
        await ShellAsync(folder.Code, "rm -f caf*"); // .NET cannot remove it.
    }

    [Test]
    public async Task A_link_to_a_name_that_is_not_UTF_8_is_refused_and_an_excluded_folder_is_not_read()
    {
        using var folder = new CodeFolder().With("bootstrap", "x").With(".git/config", "");
        await ShellAsync(folder.Code, "printf x > \"$(printf '.git/caf\\351')\"");
        await Assert.That(folder.Tree()).IsNotNull();
        await ShellAsync(folder.Code, "ln -s \"$(printf 'caf\\351')\" link");
        await Assert.That(folder.Tree()).IsNull();
        await Assert.That(folder.Messages).Contains("the target of the link").And.Contains("is not UTF-8");
        await ShellAsync(folder.Code, "rm -rf .git link");
    }

    [Test]
    [Arguments("mkfifo odd")]
    [Arguments("python3 -c \"import socket; socket.socket(socket.AF_UNIX).bind('odd')\"")]
    public async Task A_pipe_or_a_socket_in_a_folder_of_code_is_refused(string command)
    {
        using var folder = new CodeFolder().With("bootstrap", "x");
        await ShellAsync(folder.Code, command);
        await Assert.That(folder.Tree()).IsNull();
        await Assert.That(folder.Messages).Contains("odd' is neither a file, a folder nor a link");
    }

    private static ArchiveSource Changed(ArchiveSource archive, Action<byte[]> change)
    {
        var bytes = File.ReadAllBytes(archive.Path);
        change(bytes);
        File.WriteAllBytes(archive.Path, bytes);
        return archive;
    }

    private static async Task ShellAsync(string folder, string command)
    {
        using var process = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo("sh", ["-c", command]) { WorkingDirectory = folder })!;
        await process.WaitForExitAsync();
        await Assert.That(process.ExitCode).IsEqualTo(0);
    }
}
