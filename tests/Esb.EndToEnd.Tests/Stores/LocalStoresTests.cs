using System.Diagnostics;
using Esb.EndToEnd.Tests.Platforms;

namespace Esb.EndToEnd.Tests.Stores;

/// <summary>The stores of process mode: the end of one user's work must not affect that of others.</summary>
internal sealed class LocalStoresTests
{
    private const string Table =
        """
          Kept:
            Type: AWS::DynamoDB::Table
            Properties:
              TableName: kept
              BillingMode: PAY_PER_REQUEST
              AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
              KeySchema: [{ AttributeName: id, KeyType: HASH }]

        """;

    private static readonly string Code = Templates.Handler(
        "import boto3, socket, urllib.parse",
        "table = boto3.resource('dynamodb').Table('kept')",
        "if event.get('put'): table.put_item(Item={'id': '7', 'what': event['put']})",
        "if event.get('hold'):",
        "    address = urllib.parse.urlparse(os.environ['AWS_ENDPOINT_URL_DYNAMODB'])",
        "    connection = socket.create_connection((address.hostname, address.port))",
        @"    connection.sendall(b'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nabc')",
        "    time.sleep(600)",
        "return table.get_item(Key={'id': '7'})['Item']['what']");

    [Test]
    public async Task Killed_stores_have_all_data_after_up_restarts_them_and_status_reports_that_they_are_down()
    {
        await using var platform = await StartAsync();
        await Assert.That(await InvokeAsync(platform, """{"put":"before"}""")).Contains("before");
        var before = StoresOf(platform);
        using (var process = Process.GetProcessById(before))
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        await Assert.That((await platform.EsbAsync("status")).Output)
            .Contains($"the stores process (127.0.0.1:{platform.StoresPort}) has ended: esb up starts it again");
        await Assert.That((await platform.EsbAsync("up")).ExitCode).IsEqualTo(0);
        await Assert.That(StoresOf(platform)).IsNotEqualTo(before);
        await Assert.That(await InvokeAsync(platform, "{}")).Contains("before");
        await PlatformProcesses.SignalAsync(StoresOf(platform), "STOP");
        await Assert.That((await platform.EsbAsync("status")).Output)
            .Contains($"down: the stores process (127.0.0.1:{platform.StoresPort}) does not answer");
        await Assert.That((await platform.EsbAsync("status", "--json")).Output)
            .Contains("\"parts_down\":[{\"name\":\"stores process\"");
        await PlatformProcesses.SignalAsync(StoresOf(platform), "CONT");
        await Eventually.TrueAsync(async () => (await platform.EsbAsync("status", "--json"))
            .Output.Contains("\"parts_down\":[]", StringComparison.Ordinal));
        await Assert.That((await platform.EsbAsync("down")).ExitCode).IsEqualTo(0);
        await Assert.That(PlatformProcesses.Of(platform)).IsEmpty();
    }

    [Test]
    public async Task A_function_that_is_stopped_during_a_request_to_the_stores_does_not_affect_others()
    {
        await using var platform = await StartAsync();
        await InvokeAsync(platform, """{"put":"kept"}""");
        var before = StoresOf(platform);
        await Assert.That(await InvokeAsync(platform, """{"hold":true}""")).Contains("Sandbox.Timedout");
        await Assert.That(await InvokeAsync(platform, "{}")).Contains("kept");
        await Assert.That(StoresOf(platform)).IsEqualTo(before);
    }

    private static async Task<Platform> StartAsync()
    {
        var platform = new Platform();
        await platform.InitializeAsync();
        await platform.DeployAsync(platform.Write(
            "kept", Templates.Function("kept", "/kept", timeout: 5, more: Table), ("src/app.py", Code)));
        return platform;
    }

    private static async Task<string> InvokeAsync(Platform platform, string @event)
    {
        var invoked = await platform.EsbAsync("invoke", "kept", "--event", @event);
        return invoked.Output + invoked.Error;
    }

    private static int StoresOf(Platform platform) =>
        PlatformProcesses.Of(platform).Single(process => process.Name == "esb-stores").Pid;
}
