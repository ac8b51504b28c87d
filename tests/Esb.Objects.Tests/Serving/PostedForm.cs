using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Esb.Objects.Tests.Serving;

/// <summary>A form as a browser posts it, with a policy signed by the store's key pair.</summary>
internal sealed class PostedForm(Store store, string bucket)
{
    private readonly string _time = DateTime.UtcNow.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    public Dictionary<string, string> Fields { get; } = new() { ["key"] = "uploads/${filename}" };

    public JsonArray Conditions { get; } = [];

    public DateTimeOffset Expiration { get; init; } = DateTimeOffset.UtcNow.AddMinutes(5);

    public string FileName { get; init; } = "a.txt";

    public byte[] File { get; init; } = "content"u8.ToArray();

    public string Service { get; init; } = "s3";

    /// <summary>Whether the policy has a condition on the bucket.</summary>
    public bool NamesBucket { get; init; } = true;

    public PostedForm With(string field, string value)
    {
        Fields[field] = value;
        return this;
    }

    /// <summary>Adds a condition: three parts, or an object.</summary>
    public PostedForm Where(string json)
    {
        Conditions.Add(JsonNode.Parse(json));
        return this;
    }

    /// <param name="tamper">Changes the signed fields before they are sent.</param>
    public async Task<HttpResponseMessage> PostAsync(Action<Dictionary<string, string>>? tamper = null)
    {
        var fields = new Dictionary<string, string>(Fields);
        Sign(fields);
        tamper?.Invoke(fields);
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
            form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(value)), $"\"{name}\"");
        form.Add(new ByteArrayContent(File), "\"file\"", $"\"{FileName}\"");
        form.Add(new StringContent("later fields do not count"), "\"key\"");
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var http = new HttpClient(handler);
        return await http.PostAsync(new Uri(store.Address, $"/{bucket}"), form);
    }

    private void Sign(Dictionary<string, string> fields)
    {
        fields["x-amz-algorithm"] = "AWS4-HMAC-SHA256";
        fields["x-amz-credential"] = $"{Store.AccessKey}/{_time[..8]}/us-east-1/{Service}/aws4_request";
        fields["x-amz-date"] = _time;
        var conditions = Conditions.DeepClone().AsArray();
        if (NamesBucket)
            conditions.Add(new JsonObject { ["bucket"] = bucket });
        foreach (var name in new[] { "x-amz-algorithm", "x-amz-credential", "x-amz-date" })
            conditions.Add(new JsonObject { [name] = fields[name] });
        var policy = new JsonObject
        {
            ["expiration"] = Expiration.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["conditions"] = conditions,
        };
        fields["policy"] = Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(policy));
        fields["x-amz-signature"] = Presigner.Signature(fields["policy"], _time[..8], Service);
    }
}
