using Esb.Gateway.Asynchronous;
using Esb.Gateway.Tests.Serving;
using Esb.Schema.Functions;

namespace Esb.Gateway.Tests.Asynchronous;

/// <summary>Events that end while the disk accepts no writes.</summary>
internal sealed class FullDiskTests
{
    private readonly string _root = Directory.CreateTempSubdirectory("esb-full-").FullName;

    [After(Test)]
    public void RemoveFolder() => Directory.Delete(_root, recursive: true);

    [Test]
    public async Task A_successful_event_is_not_run_again_and_its_destination_gets_its_record_once_the_disk_has_space()
    {
        var mayReturn = new TaskCompletionSource<string>();
        using var functions = new Functions(_root)
            .With("f", _ => mayReturn.Task, AsynchronousSettings.None with { OnSuccess = "told" })
            .With("told", _ => Task.FromResult("null"))
            .Start();
        await functions.AcceptAsync("f", "7", "the-id");
        await Eventually.TrueAsync(() => functions.CallsOf("f") == 1);

        using (new UnwritableFile(Directory.GetFiles(_root, "*.journal", SearchOption.AllDirectories).Single()))
        {
            mayReturn.SetResult("""{"the":"answer"}""");
            await Eventually.TrueAsync(() => functions.Later.Running == 0);
            await Assert.That(await functions.AcceptAsync("f", "8")).IsEqualTo(Acceptance.NotStored);
            await Assert.That(functions.Later.Pending).IsEqualTo(1);
            functions.Time.Advance(TimeSpan.FromMinutes(2));
            await Eventually.TrueAsync(() => functions.Later.Running == 0);
        }

        await Eventually.TrueAsync(() =>
        {
            if (functions.Later.Running == 0)
                functions.Time.Advance(TimeSpan.FromSeconds(61));
            return functions.CallsOf("told") == 1 && functions.Later.Pending == 0;
        });
        await Assert.That(functions.CallsOf("f")).IsEqualTo(1);
        await Assert.That(functions.LastOf("told")).Contains("""{"the":"answer"}""");
    }

    [Test]
    public async Task An_event_without_followers_ends_on_a_full_disk_and_frees_space()
    {
        var mayReturn = new TaskCompletionSource<string>();
        using var functions = new Functions(_root).With("f", _ => mayReturn.Task).Start();
        await functions.AcceptAsync("f", "7", "the-id");
        await Eventually.TrueAsync(() => functions.CallsOf("f") == 1);
        var full = Directory.GetFiles(_root, "*.journal", SearchOption.AllDirectories).Single();
        using (new UnwritableFile(full))
        {
            mayReturn.SetResult("null");
            await Eventually.TrueAsync(() => functions.Later.Pending == 0 && !File.Exists(full));
            await Assert.That(await functions.AcceptAsync("f", "7", "the-id")).IsEqualTo(Acceptance.Accepted);
            await Assert.That(await functions.AcceptAsync("f", "8")).IsEqualTo(Acceptance.Accepted);
        }

        await Eventually.TrueAsync(() => functions.Later.Pending == 0);
        await Assert.That(functions.CallsOf("f")).IsEqualTo(2);
    }
}
