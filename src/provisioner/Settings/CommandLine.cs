namespace Esb.Provisioner.Settings;

/// <summary>What the run is told on its command line.</summary>
internal sealed record CommandLine(bool DryRun, bool Json, bool AllowIndexRemoval, bool Help)
{
    public const string Usage = """
        Makes the tables and buckets of a resources.yml what it says; nothing is ever deleted or replaced.

        Usage: esb-provisioner [--dry-run] [--json] [--allow-index-removal]

          --dry-run              print the plan, change nothing
          --json                 print one JSON document on standard output
          --allow-index-removal  remove global indexes that the manifest does not name, and rebuild those that it changes;
                                 PROVISION_ALLOW_INDEX_REMOVAL=true does the same

        RESOURCES_YML, else CONFIG_DIR/resources.yml, else /app/config/resources.yml is the manifest. PROVISION_TIMEOUT (60s) is how long
        a store that is not ready is waited for. AWS_ENDPOINT_URL_DYNAMODB, AWS_ENDPOINT_URL_S3, AWS_REGION and AWS's credentials say where.
        """;

    /// <exception cref="FormatException">An argument that there is not.</exception>
    public static CommandLine Read(IReadOnlyList<string> arguments)
    {
        var line = new CommandLine(false, false, false, false);
        foreach (var argument in arguments)
        {
            line = argument switch
            {
                "--dry-run" => line with { DryRun = true },
                "--json" => line with { Json = true },
                "--allow-index-removal" => line with { AllowIndexRemoval = true },
                "--help" or "-h" or "-?" => line with { Help = true },
                _ => throw new FormatException($"there is no '{argument}'; allowed are --dry-run, --json, --allow-index-removal and --help"),
            };
        }

        return line;
    }
}
