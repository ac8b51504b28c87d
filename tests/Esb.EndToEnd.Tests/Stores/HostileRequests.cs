using System.Net.Http.Headers;
using System.Text;
using Esb.EndToEnd.Tests.Platforms;

namespace Esb.EndToEnd.Tests.Stores;

/// <summary>Requests to the database of a platform, as a program sends them that signs for nobody.</summary>
internal sealed class HostileRequests(Platform platform) : IDisposable
{
    private readonly HttpClient _http =
        new() { BaseAddress = new Uri($"http://127.0.0.1:{platform.DatabasePort}"), Timeout = Waits.Longest };

    public async Task<(int Status, string Body)> AskAsync(string operation, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/");
        request.Headers.Add("X-Amz-Target", $"DynamoDB_20120810.{operation}");
        request.Headers.Add("X-Amz-Date", "20260101T000000Z");
        request.Headers.TryAddWithoutValidation("Authorization", "AWS4-HMAC-SHA256 "
            + "Credential=any/20260101/eu-west-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0");
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.0");
        using var response = await _http.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Makes a table and puts one item into it.</summary>
    public async Task MakeTableAsync(string table)
    {
        await AskAsync("CreateTable", $$"""
            {"TableName":"{{table}}","BillingMode":"PAY_PER_REQUEST","AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],
             "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}]}
            """);
        // Refused until the table is there.
        await Eventually.TrueAsync(async () => (await AskAsync(
            "PutItem",
            $$$$"""{"TableName":"{{{{table}}}}","Item":{"id":{"S":"7"},"what":{"S":"kept"}}}""")).Status == 200);
    }

    public void Dispose() => _http.Dispose();
}
