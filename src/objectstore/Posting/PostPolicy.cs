using System.Globalization;
using System.Text;
using System.Text.Json;
using Esb.ObjectStore.Errors;

namespace Esb.ObjectStore.Posting;

/// <summary>
/// What the signer of a form allows: until when, which fields with which values, how large a file. "Creating a POST policy" of the S3
/// API reference.
/// </summary>
internal sealed class PostPolicy
{
    private const string SizeRange = "content-length-range";
    private const string Ignored = "x-ignore-";

    // Fields that need no condition: those by which the policy itself is checked.
    private static readonly string[] Exempt = ["policy", "x-amz-signature", "signature", "awsaccesskeyid", "file"];

    private readonly List<Condition> _conditions = [];

    private PostPolicy(DateTimeOffset expiration) => Expiration = expiration;

    public DateTimeOffset Expiration { get; }

    /// <summary>The fewest bytes that a file may have.</summary>
    public long SmallestFile { get; private set; }

    /// <summary>The most.</summary>
    public long LargestFile { get; private set; } = RequestBody.LargestUpload;

    /// <param name="encoded">Base64 of JSON.</param>
    /// <exception cref="S3Exception">InvalidPolicyDocument.</exception>
    public static PostPolicy Parse(string encoded)
    {
        try
        {
            using var document = JsonDocument.Parse(Convert.FromBase64String(encoded));
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("expiration", out var expiration) || !root.TryGetProperty("conditions", out var conditions) || conditions.ValueKind != JsonValueKind.Array)
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

    /// <param name="form">Whose fields must be as the policy has them, each of them.</param>
    /// <param name="bucket">To which the form was posted.</param>
    /// <param name="key">That the object gets.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="S3Exception">AccessDenied, with the condition that does not hold.</exception>
    public void Verify(PostForm form, string bucket, string key, DateTimeOffset now)
    {
        if (now > Expiration)
            throw PostErrors.NotAllowed("Policy expired.");
        foreach (var condition in _conditions)
        {
            // The signer may mean the key with its variable or what becomes of it.
            var values = condition.Field.ToUpperInvariant() switch
            {
                "BUCKET" => [bucket],
                "KEY" => [key, form.Field("key") ?? ""],
                _ => new[] { form.Fields.GetValueOrDefault(condition.Field) },
            };
            if (!values.Any(condition.Holds))
                throw PostErrors.NotAllowed($"Policy Condition failed: {condition}");
        }

        // Browsers do not send it as a field, but it counts as one.
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
            throw PostErrors.BadPolicy("a condition has three parts.");
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
                throw PostErrors.BadPolicy($"the condition '{other}' is not known, or is about no field.");
        }
    }

    private static DateTimeOffset Time(JsonElement element) =>
        DateTimeOffset.TryParse(element.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw PostErrors.BadPolicy("Invalid 'expiration' value.");

    private static string Text(JsonElement element) => element.GetString() ?? throw PostErrors.BadPolicy("a condition is about text.");

    private static long Number(JsonElement element)
    {
        var text = element.ValueKind == JsonValueKind.String ? element.GetString() : element.GetRawText();
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw PostErrors.BadPolicy($"{SizeRange} needs two numbers.");
    }

    private sealed record Condition(string Operator, string Field, string Value)
    {
        public bool Holds(string? value) => Operator == "eq" ? value == Value : (value ?? "").StartsWith(Value, StringComparison.Ordinal) && (value is not null || Value.Length == 0);

        public override string ToString()
        {
            var text = new StringBuilder();
            foreach (var part in new[] { Operator, $"${Field}", Value })
                text.Append(text.Length == 0 ? "[" : ", ").Append('"').Append(JsonEncodedText.Encode(part)).Append('"');
            return text.Append(']').ToString();
        }
    }
}
