using System.Diagnostics;
using Esb.Cli.Environments;
using Esb.Cli.Removing.Code;
using Esb.Cli.Settings;
using Esb.Cli.Staging;
using Esb.Cli.Staging.Contents;
using Esb.Cli.Staging.Runtimes;
using Esb.Host.Files;

namespace Esb.Cli.Tests.Staging;

/// <summary>What a build may produce, and how anything else is treated.</summary>
internal sealed class BuiltContentTests
{
    private const string WithName = "touch \"$(ARTIFACTS_DIR)/$$(printf 'a\\377')\"";

    [Test]
    [Arguments(WithName, "its build made 'a\uFFFD', whose name is not UTF-8")]
    [Arguments(
        "mkdir -p \"$(ARTIFACTS_DIR)/b/$$(printf '\\377')/c\"", "its build made 'b/\uFFFD', whose name is not UTF-8")]
    [Arguments(
        "ln -s \"$$(printf '\\377')\" $(ARTIFACTS_DIR)/link",
        "its build made the link 'link', which leads to a name that is not UTF-8")]
    [Arguments("mkfifo $(ARTIFACTS_DIR)/pipe", "its build made 'pipe', which is neither a file, a folder nor a link")]
    [Arguments(
        "mkdir $(ARTIFACTS_DIR)/d; mkfifo $(ARTIFACTS_DIR)/d/app.py",
        "its build made 'd/app.py', which is neither a file, a folder nor a link")]
    [Arguments(
        "rm -rf $(ARTIFACTS_DIR); ln -s /etc $(ARTIFACTS_DIR)",
        "the folder that its build should fill is no longer a folder")]
    [Arguments(
        "rm -rf $(ARTIFACTS_DIR); mkfifo $(ARTIFACTS_DIR)",
        "the folder that its build should fill is no longer a folder")]
    [Arguments("rm -rf $(ARTIFACTS_DIR)", "the folder that its build should fill is no longer a folder")]
    public async Task A_build_result_that_cannot_be_staged_is_an_error_and_nothing_of_it_is_left(
        string recipe,
        string expected)
    {
        using var folder = new CodeFolder()
            .With("Makefile", $"build-Orders:\n\t@touch $(ARTIFACTS_DIR)/bootstrap\n\t@{recipe}\n");
        await Assert.That(await MakeAsync(folder)).IsNull();
        await Assert.That(folder.Messages).Contains($"template.yaml:9:7: error: Orders: {expected}");
        await Assert.That(Directory.GetFileSystemEntries(Path.Combine(folder.Staged, "orders")).Length).IsEqualTo(0);
    }

    [Test]
    public async Task Leftovers_of_an_interrupted_build_with_any_names_are_removed_by_the_next_one()
    {
        using var folder = new CodeFolder().With("Makefile", "build-Orders:\n\t@touch $(ARTIFACTS_DIR)/bootstrap\n");
        await FillAsync(Path.Combine(folder.Staged, "orders", ".staging-999999999-1", "work"));
        await Assert.That(await MakeAsync(folder)).IsNotNull();
        await Assert.That(folder.Messages).IsEqualTo("");
        await Assert.That(Directory.GetDirectories(Path.Combine(folder.Staged, "orders")).Length).IsEqualTo(1);
    }

    [Test]
    public async Task Staged_code_with_any_names_is_measured_and_removed()
    {
        using var folder = new CodeFolder();
        var code = Path.Combine(folder.Staged, "orders", "0123456789abcdef");
        await FillAsync(code);
        await Assert.That(StagedCodeFolders.Size(code)).IsEqualTo(2);
        StagedCodeFolders.Remove(code);
        await Assert.That(Directory.Exists(Path.Combine(folder.Staged, "orders"))).IsFalse();
    }

    [Test]
    public async Task An_environment_with_any_names_is_measured_and_removed()
    {
        using var folder = new CodeFolder();
        var state = new StateFolder(Path.Combine(folder.Root, "state", "dev"));
        state.Create();
        await FillAsync(Path.Combine(state.Code, "dev", "orders", "0123456789abcdef"));
        await Assert.That(RemovedEnvironment.Of(state)
            .Lines.Any(line => line.ToString().Contains("code", StringComparison.Ordinal))).IsTrue();
        FolderRemoval.Remove(state.Path);
        await Assert.That(Directory.Exists(state.Path)).IsFalse();
    }

    [Test]
    public async Task A_folder_is_removed_whatever_is_in_it_and_the_targets_of_its_links_stay()
    {
        using var folder = new CodeFolder().With("kept/file", "x");
        var doomed = Path.Combine(folder.Root, "doomed");
        await FillAsync(doomed);
        Directory.CreateSymbolicLink(Path.Combine(doomed, "link"), Path.Combine(folder.Code, "kept"));
        var readOnly = Directory.CreateDirectory(Path.Combine(doomed, "read-only"));
        await File.WriteAllTextAsync(Path.Combine(readOnly.FullName, "file"), "");
        readOnly.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserExecute;
        FolderRemoval.Remove(doomed);
        await Assert.That(Directory.Exists(doomed)).IsFalse();
        await Assert.That(await File.ReadAllTextAsync(Path.Combine(folder.Code, "kept", "file"))).IsEqualTo("x");
        await Assert.That(() => FolderRemoval.Remove(doomed)).ThrowsNothing();
    }

    private static Task<StagedCode?> MakeAsync(CodeFolder folder) =>
        folder.Staging().StageAsync(
            "orders",
            new FolderSource(folder.Code),
            new LambdaRuntime("provided.al2023") { BuildMethod = "makefile", Target = "Orders" },
            folder.Origin,
            null,
            CancellationToken.None);

    // One file of two bytes with a name that is valid text, one file and one folder with names that are not, and a
    // pipe.
    private static async Task FillAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        const string script = "printf xy > plain; touch \"$(printf '\\377')\"; mkdir \"$(printf 'd\\376')\"; "
            + "touch \"$(printf 'd\\376')/$(printf '\\377')\"; mkfifo pipe";
        using var shell =
            Process.Start(new ProcessStartInfo("sh", ["-e", "-c", script]) { WorkingDirectory = folder })!;
        await shell.WaitForExitAsync();
        await Assert.That(shell.ExitCode).IsEqualTo(0);
    }
}
