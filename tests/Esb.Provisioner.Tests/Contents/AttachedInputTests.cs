using Esb.Provisioner.Tests.Driving;
using Esb.Testing.Servers;

namespace Esb.Provisioner.Tests.Contents;

/// <summary>A run that another program started ends with it.</summary>
internal sealed class AttachedInputTests
{
    [Test]
    [Arguments("delete", "--table", "orders")]
    [Arguments]
    public async Task An_attached_run_stops_when_its_standard_input_ends(params string[] arguments)
    {
        // No store answers on that port, so that the run waits until it is stopped.
        using var run = new ProvisionerRun().With("ESB_ATTACHED", "true").With("PROVISION_TIMEOUT", "3600s");
        await File.WriteAllTextAsync(run.Manifest, "resources: { s3: [ { BucketName: orders } ] }\n");
        using var process = run.StartFed(arguments);
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
