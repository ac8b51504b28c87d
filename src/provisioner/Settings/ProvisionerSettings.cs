using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Esb.Provisioner.Settings;

/// <summary>What the run is told from outside. Endpoints and credentials are the AWS SDK's own variables.</summary>
internal sealed record ProvisionerSettings
{
    /// <summary>Where the manifest may be, the first that exists counts.</summary>
    public required IReadOnlyList<string> Manifests { get; init; }

    /// <summary>How long a store that is not ready is waited for.</summary>
    public required TimeSpan Timeout { get; init; }

    public required string Region { get; init; }

    public string? DynamoDbEndpoint { get; init; }

    public string? S3Endpoint { get; init; }

    /// <exception cref="FormatException">A value that is not allowed; the message names the variable.</exception>
    public static ProvisionerSettings Read(IConfiguration configuration)
    {
        string? Value(string name) => configuration[name] is { Length: > 0 } value ? value : null;
        List<string?> manifests = [Value("RESOURCES_YML")];
        if (Value("CONFIG_DIR") is { } folder)
            manifests.Add(Path.Combine(folder, "resources.yml"));
        manifests.Add("/app/config/resources.yml");
        return new ProvisionerSettings
        {
            // One that is named must be there; the others may be.
            Manifests = manifests[0] is { } named ? [named] : [.. manifests.OfType<string>()],
            Timeout = Duration("PROVISION_TIMEOUT", Value("PROVISION_TIMEOUT") ?? "60s"),
            Region = Value("AWS_REGION") ?? "us-east-1",
            DynamoDbEndpoint = Value("AWS_ENDPOINT_URL_DYNAMODB"),
            S3Endpoint = Value("AWS_ENDPOINT_URL_S3"),
        };
    }

    private static TimeSpan Duration(string name, string value)
    {
        var (digits, seconds) = value.EndsWith('m') ? (value[..^1], 60) : (value.TrimEnd('s'), 1);
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? TimeSpan.FromSeconds(number * (double)seconds)
            : throw new FormatException($"{name} is '{value}'; allowed is a duration such as 30s or 2m");
    }
}
