using Esb.Provisioner.Tests.Driving;
using Esb.Provisioner.Tests.Servers;
using Esb.Testing.Servers;

namespace Esb.Provisioner.Tests.Contents;

/// <summary>A run that another program started ends with it.</summary>
[ClassDataSource<LocalStores>(Shared = SharedType.PerTestSession)]
internal sealed class AttachedInputTests(LocalStores stores)
{
    [Test]
    public async Task A_deletion_reads_its_snapshot_and_stops_when_its_standard_input_ends()
    {
        var address = await stores.AddressAsync(LocalStores.Stores);
        using var client = Clients.S3(address);
        var bucket = Clients.NewName("attached");
        await client.PutBucketAsync(bucket);
        using var saving = new ProvisionerRun(s3: address);
        var snapshot = (await saving.PipeAsync([], "snapshot", "--bucket", bucket)).Output;
        // No store answers on that port, so that the run waits until it is stopped.
        using var run = new ProvisionerRun().With("ESB_ATTACHED", "true").With("PROVISION_TIMEOUT", "3600s");
        using var process = run.StartFed("delete", "--bucket", bucket);
        using var deadline = new CancellationTokenSource(Waits.Longest);

        await process.StandardInput.BaseStream.WriteAsync(snapshot, deadline.Token);
        process.StandardInput.Close();

        await process.WaitForExitAsync(deadline.Token);
        await Assert.That(process.ExitCode).IsEqualTo(130);
    }

    [Test]
    public async Task An_attached_run_stops_when_its_standard_input_ends()
    {
        // No store answers on that port, so that the run waits until it is stopped.
        using var run = new ProvisionerRun().With("ESB_ATTACHED", "true").With("PROVISION_TIMEOUT", "3600s");
        await File.WriteAllTextAsync(run.Manifest, "resources: { s3: [ { BucketName: orders } ] }\n");
        using var process = run.StartFed();
        using var deadline = new CancellationTokenSource(Waits.Longest);

        process.StandardInput.Close();

        await process.WaitForExitAsync(deadline.Token);
        await Assert.That(process.ExitCode).IsEqualTo(130);
    }

    [Test]
    public async Task A_run_that_is_not_attached_takes_no_notice_of_its_standard_input()
    {
        using var run = new ProvisionerRun().With("PROVISION_TIMEOUT", "1s");
        await File.WriteAllTextAsync(run.Manifest, "resources: { s3: [ { BucketName: orders } ] }\n");
        using var process = run.StartFed();
        using var deadline = new CancellationTokenSource(Waits.Longest);

        process.StandardInput.Close();

        await process.WaitForExitAsync(deadline.Token);
        await Assert.That(process.ExitCode).IsEqualTo(1);
    }
}
