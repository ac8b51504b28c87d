using System.Globalization;
using Esb.Host.Processes;
using Microsoft.Extensions.Configuration;

namespace Esb.Provisioner.Settings;

/// <summary>The settings in the environment. Endpoints and credentials use the AWS SDK's own variables.</summary>
internal sealed record ProvisionerSettings
{
    public const string DynamoDbVariable = "AWS_ENDPOINT_URL_DYNAMODB";
    public const string S3Variable = "AWS_ENDPOINT_URL_S3";

    /// <summary>Where the manifest may be; the first that exists is used.</summary>
    public required IReadOnlyList<string> Manifests { get; init; }

    /// <summary>How long to wait for a store that is not ready.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Like the command-line option, for runs that another program starts.</summary>
    public bool AllowIndexRemoval { get; init; }

    /// <summary>Standard input is a pipe that ends when the program that started this one has ended.</summary>
    public bool IsAttached { get; init; }

    public required string Region { get; init; }

    /// <summary>Null for AWS.</summary>
    public Uri? DynamoDbEndpoint { get; init; }

    /// <summary>Null for AWS.</summary>
    public Uri? S3Endpoint { get; init; }

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
            // A path from the environment must exist; the default paths may be absent.
            Manifests = manifests[0] is { } named ? [named] : [.. manifests.OfType<string>()],
            Timeout = Duration("PROVISION_TIMEOUT", Value("PROVISION_TIMEOUT") ?? "60s"),
            AllowIndexRemoval = Boolean(
                "PROVISION_ALLOW_INDEX_REMOVAL", Value("PROVISION_ALLOW_INDEX_REMOVAL") ?? "false"),
            IsAttached = Boolean(AttachedInput.Variable, Value(AttachedInput.Variable) ?? "false"),
            Region = Value("AWS_REGION") ?? Value("AWS_DEFAULT_REGION") ?? "us-east-1",
            DynamoDbEndpoint = Endpoint(DynamoDbVariable, Value(DynamoDbVariable) ?? Value("AWS_ENDPOINT_URL")),
            S3Endpoint = Endpoint(S3Variable, Value(S3Variable) ?? Value("AWS_ENDPOINT_URL")),
        };
    }

    private static Uri? Endpoint(string name, string? value)
    {
        if (value is null)
            return null;
        return Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri
            : throw new FormatException($"{name} is '{value}'; allowed is a URL such as http://127.0.0.1:8000");
    }

    private static bool Boolean(string name, string value) =>
        bool.TryParse(value, out var truth)
            ? truth
            : throw new FormatException($"{name} is '{value}'; allowed is true or false");

    private static TimeSpan Duration(string name, string value)
    {
        var (digits, seconds) = value[^1] switch
        {
            'm' => (value[..^1], 60),
            's' => (value[..^1], 1),
            _ => (value, 1),
        };
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number <= 24 * 60 * 60
            ? TimeSpan.FromSeconds(number * (double)seconds)
            : throw new FormatException($"{name} is '{value}'; allowed is a duration such as 30s or 2m");
    }
}
