using Esb.EndToEnd.Tests.Platforms;

namespace Esb.EndToEnd.Tests.Deploying.Faults;

/// <summary>
/// Disks that are full, read-only, or removed. Each is in its own mount namespace, so that it is unmounted when its
/// process ends.
/// </summary>
internal sealed class BadDiskTests
{
    [Test]
    public async Task A_full_disk_is_an_error_and_leaves_the_old_files_complete()
    {
        using var workshop = new Workshop();
        await workshop.DeployAsync(workshop.Template("earlier"));
        // Long enough to need one block more than is left.
        var template = workshop.Template("later", value: new string('x', 4_000));
        var result = await InNamespaceAsync(workshop, $"""
            mount -t tmpfs -o size=128k,mode=755 tmpfs "$CONFIG_DIR"
            cp keep/* "$CONFIG_DIR"
            dd if=/dev/zero of="$CONFIG_DIR/ballast" bs=4k 2>/dev/null
            '{Binaries.Esb}' deploy -t {template} --no-wait
            code=$?
            diff -r -x ballast -x .deploy.lock keep "$CONFIG_DIR" || echo "not as before"
            rm "$CONFIG_DIR/ballast"
            '{Binaries.Esb}' deploy -t {template} --no-wait >/dev/null || echo "not repaired"
            exit $code
            """);
        await Assert.That(result.ExitCode).IsEqualTo(1).Because(result.ToString());
        await Assert.That(result.Output).DoesNotContain("not ");
        await Assert.That(result.Error).Contains("No space left on device").And.Contains("nothing was changed");
    }

    [Test]
    public async Task A_read_only_folder_is_an_error_before_anything_is_built_and_a_dry_run_still_works()
    {
        using var workshop = new Workshop();
        await workshop.DeployAsync(workshop.Template("earlier"));
        var template = workshop.Template("later");
        var result = await InNamespaceAsync(workshop, $"""
            mount -t tmpfs tmpfs "$CONFIG_DIR"
            cp keep/* "$CONFIG_DIR"
            mount -o remount,ro "$CONFIG_DIR"
            '{Binaries.Esb}' deploy -t {template} --dry-run --exit-code >/dev/null
            echo "dry run: $?"
            '{Binaries.Esb}' deploy -t {template} --no-wait
            """);
        await Assert.That(result.ExitCode).IsEqualTo(1).Because(result.ToString());
        await Assert.That(result.Output).IsEqualTo("dry run: 3\n");
        await Assert.That(result.Error).Contains("Read-only file system");
        await Assert.That(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length).IsEqualTo(1);
    }

    [Test]
    [Arguments("rm -rf \"$CONFIG_DIR\"")]
    [Arguments("rm -rf \"$CONFIG_DIR\"; mkdir \"$CONFIG_DIR\"")]
    public async Task A_folder_that_is_deleted_while_the_provisioner_runs_is_an_error_that_says_so(string attack)
    {
        using var workshop = new Workshop($"if [ -e arm ]; then rm arm; {attack}; fi");
        await workshop.DeployAsync(workshop.Template("earlier"));
        await File.WriteAllTextAsync(Path.Combine(workshop.Root, "arm"), "");
        var result = await workshop.DeployAsync(workshop.Template("later"));
        await Assert.That(result.ExitCode).IsEqualTo(1).Because(result.ToString());
        await Assert.That(result.Error).Contains(workshop.Folder).And.Contains("deploy again");
        await Assert.That(result.Error).DoesNotContain("   at ");
        await Assert.That((await workshop.DeployAsync(workshop.Template("later"))).ExitCode).IsEqualTo(0);
        await Assert.That(workshop.Keys()).IsEquivalentTo(Workshop.KeysOf("later"));
    }

    [Test]
    public async Task Owner_and_mode_of_the_files_are_kept_and_a_new_functions_file_is_for_its_owner_alone()
    {
        using var workshop = new Workshop();
        await workshop.DeployAsync(workshop.Template("earlier"));
        var functions = Path.Combine(workshop.Folder, "functions.yml");
        await Assert.That(File.GetUnixFileMode(functions)).IsEqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var result = await InNamespaceAsync(workshop, $"""
            chmod 640 "$CONFIG_DIR/functions.yml"
            chown 0:0 "$CONFIG_DIR/functions.yml"
            '{Binaries.Esb}' deploy -t {workshop.Template("later")} --no-wait >/dev/null
            stat -c '%a %u %g' "$CONFIG_DIR/functions.yml"
            """);
        await Assert.That(result.Output).IsEqualTo("640 0 0\n").Because(result.ToString());
        if (!Environment.IsPrivilegedProcess)
            return;
        // Only root can change the owner of a file, so only root can show that another owner is kept.
        await workshop.RunAsync("chown", "1234:2345", functions);
        await workshop.DeployAsync(workshop.Template("more"));
        await Assert.That((await workshop.RunAsync("stat", "-c", "%a %u %g", functions)).Output)
            .IsEqualTo("640 1234 2345\n");
    }

    [Test]
    public async Task Deploys_onto_tmpfs_and_overlayfs_lock_merge_and_replace_as_on_any_disk()
    {
        using var workshop = new Workshop();
        await workshop.DeployAsync(workshop.Template("earlier"));
        var template = workshop.Template("later");
        var result = await InNamespaceAsync(workshop, $"""
            mkdir room && mount -t tmpfs tmpfs room && mkdir room/upper room/work room/lower && cp keep/* room/lower
            for kind in tmpfs overlay; do
              if [ $kind = tmpfs ]; then mount --bind room/lower "$CONFIG_DIR"
              else mount -t overlay overlay -o lowerdir=keep,upperdir=room/upper,workdir=room/work "$CONFIG_DIR" || exit 90; fi
              '{Binaries.Esb}' deploy -t {template} --no-wait >/dev/null || exit 91
              grep -c 'earlier:\|later:' "$CONFIG_DIR/functions.yml"
              umount "$CONFIG_DIR"
            done
            """);
        Skip.When(result.ExitCode == 90, "this kernel mounts no overlay here");
        await Assert.That(result.ExitCode).IsEqualTo(0).Because(result.ToString());
        await Assert.That(result.Output).IsEqualTo("2\n2\n");
    }

    private static async Task<CommandResult> InNamespaceAsync(Workshop workshop, string script)
    {
        var keep = Directory.CreateDirectory(Path.Combine(workshop.Root, "keep")).FullName;
        foreach (var (name, text) in workshop.Files())
            await File.WriteAllTextAsync(Path.Combine(keep, name), text);
        string[] unshare = Environment.IsPrivilegedProcess ? ["--mount"] : ["--mount", "--user", "--map-root-user"];
        var possible = await workshop.RunAsync("unshare", [.. unshare, "true"]);
        Skip.When(possible.ExitCode != 0, "this machine allows no mount namespace");
        return await workshop.RunAsync("unshare", [.. unshare, "sh", "-c", script]);
    }
}
