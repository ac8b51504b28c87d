using Esb.Host.Processes;
using Esb.Host.Settings;
using Esb.Host.Text;
using Microsoft.Extensions.Configuration;

namespace Esb.Provisioner.Settings;

/// <summary>The settings in the environment. Endpoints and credentials use the AWS SDK's own variables.</summary>
internal sealed record ProvisionerSettings
{
    public const string DynamoDbVariable = "AWS_ENDPOINT_URL_DYNAMODB";
    public const string S3Variable = "AWS_ENDPOINT_URL_S3";

    private static readonly TimeSpan LongestTimeout = TimeSpan.FromHours(24);

    /// <summary>The possible paths of the manifest; the first that exists is used.</summary>
    public required IReadOnlyList<string> Manifests { get; init; }

    /// <summary>How long to wait for a store that is not ready.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>The same as the command-line option, for runs that another program starts.</summary>
    public bool AllowIndexRemoval { get; init; }

    /// <summary>Whether standard input is a pipe that ends when the program that started this one has ended.</summary>
    public bool IsAttached { get; init; }

    public required string Region { get; init; }

    /// <summary>The endpoint of the DynamoDB store; null for AWS.</summary>
    public Uri? DynamoDbEndpoint { get; init; }

    /// <summary>The endpoint of the S3 store; null for AWS.</summary>
    public Uri? S3Endpoint { get; init; }

    /// <exception cref="SettingException">A value is not allowed.</exception>
    public static ProvisionerSettings Read(IConfiguration configuration)
    {
        string? Value(string name) => configuration[name] is { Length: > 0 } value ? value : null;
        Uri? Endpoint(string name) =>
            (Value(name) ?? Value("AWS_ENDPOINT_URL")) is { } value ? HttpUrl.Parse(name, value) : null;
        List<string?> manifests = [Value("RESOURCES_YML")];
        if (Value("CONFIG_DIR") is { } folder)
            manifests.Add(Path.Combine(folder, "resources.yml"));
        manifests.Add("/app/config/resources.yml");
        return new ProvisionerSettings
        {
            // A path from the environment must exist; the default paths may be absent.
            Manifests = manifests[0] is { } named ? [named] : [.. manifests.OfType<string>()],
            Timeout = Parse("PROVISION_TIMEOUT", Value("PROVISION_TIMEOUT") ?? "60s"),
            AllowIndexRemoval = Boolean(
                "PROVISION_ALLOW_INDEX_REMOVAL", Value("PROVISION_ALLOW_INDEX_REMOVAL") ?? "false"),
            IsAttached = Boolean(AttachedInput.Variable, Value(AttachedInput.Variable) ?? "false"),
            Region = Value("AWS_REGION") ?? Value("AWS_DEFAULT_REGION") ?? "us-east-1",
            DynamoDbEndpoint = Endpoint(DynamoDbVariable),
            S3Endpoint = Endpoint(S3Variable),
        };
    }

    private static bool Boolean(string name, string value) =>
        bool.TryParse(value, out var truth) ? truth : throw new SettingException(name, value, "true or false");

    // A number without a unit is in seconds.
    private static TimeSpan Parse(string name, string value) =>
        Duration.Parse(char.IsAsciiDigit(value[^1]) ? value + "s" : value, LongestTimeout)
        ?? throw new SettingException(name, value, $"{Duration.Form}, at most {LongestTimeout.TotalHours:0}h");
}
