using Esb.Host.Settings;

namespace Esb.Provisioner.Settings;

/// <summary>The options of the command line.</summary>
internal sealed record CommandLine(bool DryRun, bool Json, bool AllowIndexRemoval, bool Help)
{
    /// <summary>What to do with the content of tables and buckets; null when the manifest is to be applied.</summary>
    public ContentsRequest? Contents { get; init; }

    public const string Usage = """
        Creates and changes tables and buckets as a resources.yml describes them. Nothing is deleted or replaced.

        Usage: esb-provisioner [--dry-run] [--json] [--allow-index-removal]
               esb-provisioner snapshot [--table NAME]... [--bucket NAME]... > FILE
               esb-provisioner delete [--table NAME]... [--bucket NAME]... < FILE
               esb-provisioner delete --dry-run [--table NAME]... [--bucket NAME]...
               esb-provisioner check < FILE
               esb-provisioner restore < FILE
               esb-provisioner --version

          --dry-run              print the plan, change nothing
          --json                 print one JSON document on standard output
          --allow-index-removal  remove global indexes that the manifest does not name, and rebuild those that it
                                 changes; PROVISION_ALLOW_INDEX_REMOVAL=true does the same

        snapshot writes the content of the tables and buckets to standard output. delete reads a snapshot, and removes
        the tables and buckets with the content that it contains; what has been written since stays, with its table or
        bucket. With --dry-run it only checks that they exist. check reads a snapshot and verifies that it is complete
        and that its tables and buckets exist. restore writes a snapshot back to them; items and objects with the same
        key are replaced.

        The manifest is RESOURCES_YML, else CONFIG_DIR/resources.yml, else /app/config/resources.yml.
        PROVISION_TIMEOUT (60s) is how long to wait for a store that is not ready. AWS_ENDPOINT_URL_DYNAMODB,
        AWS_ENDPOINT_URL_S3, AWS_REGION and AWS's credential variables select the stores.
        """;

    /// <exception cref="SettingException">An argument is unknown.</exception>
    public static CommandLine Read(IReadOnlyList<string> arguments)
    {
        if (arguments is ["delete", "--dry-run", ..])
            return new CommandLine(false, false, false, false)
            {
                Contents = Request(ContentsCommand.Find, [.. arguments.Skip(2)]),
            };
        if (arguments is [var first, ..] && Command(first) is { } command)
            return new CommandLine(false, false, false, false) { Contents = Request(command, [.. arguments.Skip(1)]) };
        var line = new CommandLine(false, false, false, false);
        foreach (var argument in arguments)
        {
            line = argument switch
            {
                "--dry-run" => line with { DryRun = true },
                "--json" => line with { Json = true },
                "--allow-index-removal" => line with { AllowIndexRemoval = true },
                "help" or "--help" or "-h" or "-?" => line with { Help = true },
                _ => throw new SettingException(
                    $"unknown argument '{argument}'; allowed: --dry-run, --json, --allow-index-removal, "
                        + "--version and --help"),
            };
        }

        return line;
    }

    private static ContentsCommand? Command(string word) => word switch
    {
        "snapshot" => ContentsCommand.Snapshot,
        "delete" => ContentsCommand.Delete,
        "check" => ContentsCommand.Check,
        "restore" => ContentsCommand.Restore,
        _ => null,
    };

    private static ContentsRequest Request(ContentsCommand command, IReadOnlyList<string> arguments)
    {
        var takesNames = command is ContentsCommand.Snapshot or ContentsCommand.Delete or ContentsCommand.Find;
        List<string> tables = [];
        List<string> buckets = [];
        foreach (var pair in arguments.Chunk(2))
        {
            if (!takesNames || pair is not [("--table" or "--bucket") and var kind, { Length: > 0 } name])
                throw new SettingException(takesNames
                    ? $"unknown argument '{pair[0]}'; allowed: --table NAME and --bucket NAME"
                    : $"unknown argument '{pair[0]}'");
            (kind == "--table" ? tables : buckets).Add(name);
        }

        return takesNames && tables.Count + buckets.Count == 0
            ? throw new SettingException("name at least one table or bucket with --table NAME or --bucket NAME")
            : new ContentsRequest(command, tables, buckets);
    }
}
