using System.Net;
using Esb.Host.Settings;
using Esb.Origins;
using Esb.Schema.Diagnostics;
using Esb.Signatures;

namespace Esb.Stores.Server;

/// <summary>The settings from the environment. All errors are collected, so that they can be fixed together.</summary>
/// <param name="Listen">The address to listen on.</param>
/// <param name="DataFolder">The folder for all data.</param>
/// <param name="Credentials">The pair of keys that requests are signed with; null if anybody may call.</param>
internal sealed record StoresSettings(IPEndPoint Listen, string DataFolder, Credentials? Credentials)
{
    public const string ListenVariable = "STORES_LISTEN";

    private const string DataFolderVariable = "STORES_DATA_DIR";
    private const string RegionVariable = "AWS_REGION";
    private const string AccountVariable = "AWS_ACCOUNT_ID";
    private const string AccessKeyVariable = "AWS_ACCESS_KEY_ID";
    private const string SecretVariable = "AWS_SECRET_ACCESS_KEY";
    private const string DefaultListen = "127.0.0.1:9000";

    /// <summary>The host names that requests may use if the stores have no credentials.</summary>
    public AllowedHosts AllowedHosts { get; init; } = AllowedHosts.None;

    /// <summary>The region in ARNs.</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>The account in ARNs.</summary>
    public string Account { get; init; } = "000000000000";

    /// <summary>Reads the settings; null when <paramref name="problems"/> contains an error.</summary>
    public static StoresSettings? Read(IConfiguration environment, DiagnosticBag problems)
    {
        var listen = ReadListen(environment[ListenVariable], problems);
        var folder = environment[DataFolderVariable];
        if (string.IsNullOrEmpty(folder))
            Report(problems, $"{DataFolderVariable} is not set", "set it to the folder for the data");
        var credentials = ReadCredentials(environment[AccessKeyVariable], environment[SecretVariable], problems);
        var hosts = AllowedHosts.TryParse(environment[AllowedHosts.Variable]);
        if (hosts is null)
        {
            Report(
                problems,
                $"{AllowedHosts.Variable}: '{environment[AllowedHosts.Variable]}' is not a list of names",
                $"write {AllowedHosts.Form}");
        }

        var region = Text(environment[RegionVariable], "us-east-1");
        if (!region.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            Report(problems, $"{RegionVariable}: '{region}' is not a region", "write, for example, us-east-1");
        var account = Text(environment[AccountVariable], "000000000000");
        if (account.Length != 12 || !account.All(char.IsAsciiDigit))
            Report(problems, $"{AccountVariable}: '{account}' is not an account", "write 12 digits");
        return problems.HasErrors
            ? null
            : new StoresSettings(listen!, Path.GetFullPath(folder!), credentials)
            {
                AllowedHosts = hosts!,
                Region = region,
                Account = account,
            };
    }

    private static string Text(string? value, string whenAbsent) => string.IsNullOrEmpty(value) ? whenAbsent : value;

    private static IPEndPoint? ReadListen(string? value, DiagnosticBag problems)
    {
        var text = Text(value, DefaultListen);
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
        Report(
            problems,
            $"{(string.IsNullOrEmpty(secret) ? SecretVariable : AccessKeyVariable)} is not set",
            "set both credential variables, or neither to allow access without credentials");
        return null;
    }

    private static void Report(DiagnosticBag problems, string message, string help) =>
        problems.Add(new Diagnostic(Severity.Error, DiagnosticCodes.Setting, message, Help: help));
}
