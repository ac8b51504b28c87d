using System.Net.Sockets;
using Esb.Provisioner.Stores;
using Esb.Provisioner.Tests.Converging;
using Esb.Provisioner.Tests.Driving;
using Esb.Provisioner.Tests.Servers;
using Esb.Testing.Servers;

namespace Esb.Provisioner.Tests.Stores;

/// <summary>Stores that start late, are down, have another address, or are unknown.</summary>
[ClassDataSource<LocalStores>(Shared = SharedType.PerTestSession)]
public sealed class WaitingTests(LocalStores stores)
{
    private const string Bucket = "resources: {s3: [{BucketName: receipts}]}";

    [Test]
    [Arguments(LocalStores.Dynalite)]
    [Arguments(LocalStores.Stores)]
    [Arguments(LocalStores.S3Rver)]
    public async Task A_store_that_starts_late_is_waited_for_with_a_message(string server)
    {
        var port = FreePorts.Take();
        var address = new Uri($"http://127.0.0.1:{port}");
        var isTable = server == LocalStores.Dynalite;
        using var run = new ProvisionerRun(isTable ? address : null, isTable ? null : address);
        await File.WriteAllTextAsync(run.Manifest, isTable ? TableManifests.Plain("late") : Bucket);

        using var process = run.Start();
        var word = await process.StandardError.ReadLineAsync();
        await using var store = await stores.StartAsync(server, port);
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        await Assert.That(word)
            .StartsWith($"waiting for {(isTable ? "DynamoDB" : "S3")} at {address.AbsoluteUri.TrimEnd('/')}, ")
            .And.Contains("of 60 s: Connection refused");
        await Assert.That(process.ExitCode).IsEqualTo(0);
        await Assert.That(output).Contains("created");
    }

    [Test]
    public async Task A_store_that_stays_down_is_an_error_that_names_address_time_and_variable()
    {
        using var run = new ProvisionerRun(s3: new Uri($"http://127.0.0.1:{FreePorts.Take()}"))
            .With("PROVISION_TIMEOUT", "2s");

        var result = await run.ApplyAsync(Bucket);

        await Assert.That(result.ExitCode).IsEqualTo(1).Because(result.ToString());
        // The reason is tested elsewhere: on a busy machine, two seconds may pass before the first answer.
        await Assert.That(result.Error).Contains("error: S3 at http://127.0.0.1:").And.Contains(
            "is not ready after 2 s: ").And.Contains("AWS_ENDPOINT_URL_S3");
        await Assert.That(result.Output).IsEmpty();
    }

    [Test]
    public async Task The_error_has_the_reason_for_which_the_last_call_failed()
    {
        var time = new SteppedTime();
        var timeout = TimeSpan.FromMinutes(10);
        var address = new StoreAddress("S3", new Uri("http://127.0.0.1:1"), "AWS_ENDPOINT_URL_S3");
        var calls = new StoreCalls(address, timeout, TextWriter.Null, time);
        var tried = 0;

        Task<bool> Refused(CancellationToken cancellationToken)
        {
            if (++tried == 2)
                time.Add(timeout);
            throw new HttpRequestException(
                HttpRequestError.ConnectionError, "no", new SocketException((int)SocketError.ConnectionRefused));
        }

        await Assert.That(() => calls.RunAsync(Refused, CancellationToken.None)).Throws<StoreFailure>()
            .WithMessage("S3 at http://127.0.0.1:1 is not ready after 600 s: Connection refused");
        await Assert.That(tried).IsEqualTo(2);
    }

    [Test]
    public async Task A_store_that_accepts_calls_without_answering_fails_after_the_timeout()
    {
        await using var proxy = await RecordingProxy.StartAsync(await stores.AddressAsync(LocalStores.Stores));
        proxy.Hold = async (_, gone) =>
        {
            await RecordingProxy.UntilGoneAsync(gone);
            return true;
        };
        using var run = new ProvisionerRun(s3: proxy.Address).With("PROVISION_TIMEOUT", "2s");

        var result = await run.ApplyAsync(Bucket);

        await Assert.That(result.ExitCode).IsEqualTo(1).Because(result.ToString());
        await Assert.That(result.Error).Contains("is not ready after 2 s: it does not answer");
    }

    [Test]
    public async Task Wrong_credentials_end_the_run_at_once_with_the_names_of_the_variables()
    {
        await using var proxy = await RecordingProxy.StartAsync(await stores.AddressAsync(LocalStores.Stores));
        using var run = new ProvisionerRun(s3: proxy.Address).With("AWS_SECRET_ACCESS_KEY", "wrong");

        var result = await run.ApplyAsync(Bucket);

        await Assert.That(result.ExitCode).IsEqualTo(1).Because(result.ToString());
        await Assert.That(result.Error).Contains("does not accept the credentials: SignatureDoesNotMatch")
            .And.Contains("AWS_SECRET_ACCESS_KEY");
        await Assert.That(proxy.Calls.Count).IsEqualTo(1);
    }

    [Test]
    public async Task A_host_that_does_not_exist_ends_the_run_at_once()
    {
        using var run = new ProvisionerRun(dynamoDb: new Uri("http://database.invalid:8000"));

        var result = await run.ApplyAsync(TableManifests.Plain("orders"));

        await Assert.That(result.ExitCode).IsEqualTo(1).Because(result.ToString());
        await Assert.That(result.Error).Contains("DynamoDB at http://database.invalid:8000 cannot be reached")
            .And.Contains("AWS_ENDPOINT_URL_DYNAMODB");
        await Assert.That(result.Error).DoesNotContain("waiting");
    }

    [Test]
    public async Task A_call_whose_connection_was_lost_is_retried()
    {
        await using var proxy = await RecordingProxy.StartAsync(await stores.AddressAsync(LocalStores.Dynalite));
        using var run = new ProvisionerRun(dynamoDb: proxy.Address);
        var dropped = 0;
        proxy.Hold = (_, _) => Task.FromResult(Interlocked.Increment(ref dropped) % 2 == 1);

        var result = await run.ApplyAsync(TableManifests.Plain(Clients.NewName("dropped")));

        await Assert.That(result.ExitCode).IsEqualTo(0).Because(result.ToString());
        await Assert.That(result.Output).Contains("created");
    }

    /// <summary>Time that passes only when a test advances it; timers are real.</summary>
    private sealed class SteppedTime : TimeProvider
    {
        private long _elapsed;

        public void Add(TimeSpan time) => _elapsed += (long)(time.TotalSeconds * TimestampFrequency);

        public override long GetTimestamp() => _elapsed;
    }
}
