using System.Net;
using Esb.Host.Settings;
using Esb.ObjectStore.Signing;
using Esb.Origins;
using Esb.Schema.Diagnostics;
using Esb.Signatures;

namespace Esb.ObjectStore.Server;

/// <summary>The settings in the environment. All errors are collected, so that they can be fixed at once.</summary>
internal sealed record Settings(IPEndPoint Listen, string DataFolder, Credentials? Credentials)
{
    /// <summary>The host names by which a store without credentials may be called.</summary>
    public AllowedHosts AllowedHosts { get; init; } = AllowedHosts.None;

    public const string ListenVariable = "OBJECTSTORE_LISTEN";

    private const string DataFolderVariable = "OBJECTSTORE_DATA_DIR";
    private const string AccessKeyVariable = "AWS_ACCESS_KEY_ID";
    private const string SecretVariable = "AWS_SECRET_ACCESS_KEY";
    private const string DefaultListen = "127.0.0.1:9000";

    /// <summary>Null when <paramref name="problems"/> has an error.</summary>
    public static Settings? Read(IConfiguration environment, DiagnosticBag problems)
    {
        var listen = ReadListen(environment[ListenVariable], problems);
        var folder = environment[DataFolderVariable];
        if (string.IsNullOrEmpty(folder))
            Report(problems, $"{DataFolderVariable} is not set", "set it to the folder for the objects");
        var credentials = ReadCredentials(environment[AccessKeyVariable], environment[SecretVariable], problems);
        var hosts = AllowedHosts.TryParse(environment[AllowedHosts.Variable]);
        if (hosts is null)
            Report(
                problems,
                $"{AllowedHosts.Variable}: '{environment[AllowedHosts.Variable]}' is not a list of names",
                $"write {AllowedHosts.Form}");
        return problems.HasErrors
            ? null
            : new Settings(listen!, Path.GetFullPath(folder!), credentials) { AllowedHosts = hosts! };
    }

    private static IPEndPoint? ReadListen(string? value, DiagnosticBag problems)
    {
        var text = string.IsNullOrEmpty(value) ? DefaultListen : value;
        if (ListenText.Parse(text) is { } address)
            return address;
        Report(
            problems,
            $"{ListenVariable}: '{text}' is not an address",
            "write IP:PORT, or :PORT for all addresses of the machine");
        return null;
    }

    private static Credentials? ReadCredentials(string? accessKeyId, string? secret, DiagnosticBag problems)
    {
        if (string.IsNullOrEmpty(accessKeyId) && string.IsNullOrEmpty(secret))
            return null;
        if (!string.IsNullOrEmpty(accessKeyId) && !string.IsNullOrEmpty(secret))
            return new Credentials(accessKeyId, secret);
        var missing = string.IsNullOrEmpty(secret) ? SecretVariable : AccessKeyVariable;
        Report(
            problems,
            $"{missing} is not set",
            "set both credential variables, or neither to allow access without credentials");
        return null;
    }

    private static void Report(DiagnosticBag problems, string message, string help) =>
        problems.Add(new Diagnostic(Severity.Error, DiagnosticCodes.Setting, message, Help: help));
}
