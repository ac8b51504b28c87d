using System.Globalization;
using System.Text;
using System.Text.Json;
using Esb.Objects.Errors;

namespace Esb.Objects.Posting;

/// <summary>
/// The policy of a form: how long the signer allows uploads, which fields with which values, and what file size.
/// Source: Amazon S3 API Reference, "Creating a POST policy".
/// </summary>
internal sealed class PostPolicy
{
    private const string SizeRange = "content-length-range";
    private const string Ignored = "x-ignore-";

    // Fields that need no condition, because the policy itself is verified with them.
    private static readonly string[] Exempt = ["policy", "x-amz-signature", "signature", "awsaccesskeyid", "file"];

    private readonly List<Condition> _conditions = [];

    private PostPolicy(DateTimeOffset expiration) => Expiration = expiration;

    public DateTimeOffset Expiration { get; }

    /// <summary>The minimum size of the file.</summary>
    public long SmallestFile { get; private set; }

    /// <summary>The maximum size of the file.</summary>
    public long LargestFile { get; private set; } = RequestBody.LargestUpload;

    /// <param name="encoded">Base64 of JSON.</param>
    /// <exception cref="S3Exception">InvalidPolicyDocument.</exception>
    public static PostPolicy Parse(string encoded)
    {
        try
        {
            using var document = JsonDocument.Parse(Convert.FromBase64String(encoded));
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object
                || !root.TryGetProperty("expiration", out var expiration)
                || !root.TryGetProperty("conditions", out var conditions)
                || conditions.ValueKind != JsonValueKind.Array)
                throw PostErrors.BadPolicy("it needs expiration and conditions.");
            var policy = new PostPolicy(Time(expiration));
            foreach (var condition in conditions.EnumerateArray())
                policy.Add(condition);
            return policy;
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException)
        {
            throw PostErrors.BadPolicy("it is not base64 of valid JSON.");
        }
    }

    /// <param name="form">The form; each of its fields must satisfy the policy.</param>
    /// <param name="bucket">The bucket that the form was posted to.</param>
    /// <param name="key">The key of the new object.</param>
    /// <param name="now">The current time.</param>
    /// <exception cref="S3Exception">AccessDenied, with the condition that is not met.</exception>
    public void Verify(PostForm form, string bucket, string key, DateTimeOffset now)
    {
        if (now > Expiration)
            throw PostErrors.NotAllowed("Policy expired.");
        foreach (var condition in _conditions)
        {
            // The condition may apply to the key with its placeholder or to the resulting key.
            var values = condition.Field.ToUpperInvariant() switch
            {
                "BUCKET" => [bucket],
                "KEY" => [key, form.Field("key") ?? ""],
                _ => new[] { form.Fields.GetValueOrDefault(condition.Field) },
            };
            if (!values.Any(condition.Holds))
                throw PostErrors.NotAllowed($"Policy Condition failed: {condition}");
        }

        // Browsers do not send the bucket as a field, but it counts as one.
        if (form.Fields.Keys.Prepend("bucket").FirstOrDefault(IsUnknown) is { } extra)
            throw PostErrors.NotAllowed($"Extra input fields: {extra}");
    }

    private bool IsUnknown(string field) =>
        !Exempt.Contains(field, StringComparer.OrdinalIgnoreCase)
        && !field.StartsWith(Ignored, StringComparison.OrdinalIgnoreCase)
        && !_conditions.Exists(condition => condition.Field.Equals(field, StringComparison.OrdinalIgnoreCase));

    private void Add(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in element.EnumerateObject())
                _conditions.Add(new Condition("eq", property.Name, Text(property.Value)));
            return;
        }

        JsonElement[] parts = [.. element.EnumerateArray()];
        if (parts.Length != 3)
            throw PostErrors.BadPolicy("a condition must have three parts.");
        switch (Text(parts[0]).ToLowerInvariant())
        {
            case SizeRange:
                SmallestFile = Math.Max(SmallestFile, Number(parts[1]));
                LargestFile = Math.Min(LargestFile, Number(parts[2]));
                break;
            case "eq" or "starts-with" when Text(parts[1]) is ['$', .. var field]:
                _conditions.Add(new Condition(Text(parts[0]).ToLowerInvariant(), field, Text(parts[2])));
                break;
            case var other:
                throw PostErrors.BadPolicy($"the condition '{other}' is unknown, or does not name a field.");
        }
    }

    private static DateTimeOffset Time(JsonElement element) =>
        DateTimeOffset.TryParse(
            element.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw PostErrors.BadPolicy("Invalid 'expiration' value.");

    private static string Text(JsonElement element) =>
        element.GetString() ?? throw PostErrors.BadPolicy("the value of a condition must be text.");

    private static long Number(JsonElement element)
    {
        var text = element.ValueKind == JsonValueKind.String ? element.GetString() : element.GetRawText();
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw PostErrors.BadPolicy($"{SizeRange} needs two numbers.");
    }

    private sealed record Condition(string Operator, string Field, string Value)
    {
        public bool Holds(string? value) => Operator == "eq"
            ? value == Value
            : (value ?? "").StartsWith(Value, StringComparison.Ordinal) && (value is not null || Value.Length == 0);

        public override string ToString()
        {
            var text = new StringBuilder();
            foreach (var part in new[] { Operator, $"${Field}", Value })
                text.Append(text.Length == 0 ? "[" : ", ").Append('"').Append(JsonEncodedText.Encode(part)).Append('"');
            return text.Append(']').ToString();
        }
    }
}
