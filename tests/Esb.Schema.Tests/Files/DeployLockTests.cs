using System.Diagnostics;
using Esb.Schema.Files;

namespace Esb.Schema.Tests.Files;

internal sealed class DeployLockTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("esb-lock-").FullName;

    [Test]
    public async Task A_second_process_waits_and_reports_who_holds_the_lock()
    {
        var first = await DeployLock.AcquireAsync(
            _folder, "esb deploy -t a.yml", Waits.Longest, null, CancellationToken.None);
        var heard = new TaskCompletionSource<LockWait>();
        var second = DeployLock.AcquireAsync(
            _folder, "esb deploy -t b.yml", Waits.Longest, w => heard.TrySetResult(w), CancellationToken.None);
        var wait = await heard.Task;
        await Assert.That(wait.Holder!.ProcessId).IsEqualTo(Environment.ProcessId);
        await Assert.That(wait.Holder.Purpose).IsEqualTo("esb deploy -t a.yml");
        await Assert.That(wait.Who).IsEqualTo($"pid {Environment.ProcessId} (esb deploy -t a.yml)");
        await Assert.That(wait.Holder.Since).IsLessThanOrEqualTo(DateTimeOffset.UtcNow);
        await Assert.That(second.IsCompleted).IsFalse();
        first.Dispose();
        (await second).Dispose();
    }

    [Test]
    public async Task A_wait_that_takes_too_long_ends_and_names_the_holder()
    {
        using var held = await DeployLock.AcquireAsync(
            _folder, "esb deploy -t a.yml", TimeSpan.Zero, null, CancellationToken.None);
        await Assert.That(async () => await DeployLock.AcquireAsync(
            _folder, "x", TimeSpan.FromMilliseconds(60), null, CancellationToken.None))
            .Throws<TimeoutException>().WithMessageContaining("esb deploy -t a.yml");
    }

    [Test]
    public async Task A_holder_that_is_killed_releases_the_lock()
    {
        using var holder =
            Process.Start(new ProcessStartInfo("flock", [Path.Combine(_folder, ".deploy.lock"), "sleep", "600"]))!;
        await UntilHeldAsync();
        var waiting = DeployLock.AcquireAsync(_folder, "after", Waits.Longest, null, CancellationToken.None);
        await Assert.That(waiting.IsCompleted).IsFalse();
        holder.Kill(entireProcessTree: true);
        (await waiting).Dispose();
    }

    [Test]
    public async Task A_missing_folder_is_an_error_that_names_the_file()
    {
        await Assert.That(async () => await DeployLock.AcquireAsync(
            Path.Combine(_folder, "none"), "x", TimeSpan.Zero, null, CancellationToken.None))
            .Throws<IOException>().WithMessageContaining(".deploy.lock");
    }

    [Test]
    public async Task A_replaced_lock_file_is_locked_again_and_never_held_by_two()
    {
        var path = Path.Combine(_folder, ".deploy.lock");
        using var first = await DeployLock.AcquireAsync(_folder, "first", TimeSpan.Zero, null, CancellationToken.None);
        first.Verify();
        var waits = 0;
        var second = DeployLock.AcquireAsync(
            _folder, "second", Waits.Longest, _ => Interlocked.Increment(ref waits), CancellationToken.None);
        while (Volatile.Read(ref waits) == 0)
            await Task.Yield();
        File.Delete(path);
        using var taken = await second;
        await Assert.That(File.Exists(path)).IsTrue();
        taken.Verify();
        await Assert.That(first.Verify).Throws<IOException>().WithMessageContaining("removed or replaced");
    }

    [Test]
    public async Task A_folder_that_vanishes_while_it_is_locked_is_noticed()
    {
        var folder = Path.Combine(_folder, "gone");
        Directory.CreateDirectory(folder);
        using var held = await DeployLock.AcquireAsync(folder, "x", TimeSpan.Zero, null, CancellationToken.None);
        Directory.Delete(folder, recursive: true);
        await Assert.That(held.Verify).Throws<IOException>().WithMessageContaining(folder);
    }

    [Test]
    public async Task A_purpose_of_any_length_and_content_is_recorded_on_one_line()
    {
        var held = await DeployLock.AcquireAsync(
            _folder, "esb deploy -t a\nb " + new string('é', 2_000), TimeSpan.Zero, null, CancellationToken.None);
        held.Dispose(); // .NET takes a lock of the same kind to read.
        var lines = await File.ReadAllLinesAsync(Path.Combine(_folder, ".deploy.lock"));
        await Assert.That(lines.Length).IsEqualTo(1);
        await Assert.That(new FileInfo(Path.Combine(_folder, ".deploy.lock")).Length).IsLessThan(512);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task UntilHeldAsync()
    {
        while (true)
        {
            try
            {
                (await DeployLock.AcquireAsync(_folder, "probe", TimeSpan.Zero, null, CancellationToken.None))
                    .Dispose();
                await Task.Yield();
            }
            catch (TimeoutException)
            {
                return;
            }
        }
    }
}
