namespace Esb.Cli.Tests.Staging;

/// <summary>The packages of the distribution, as the only repository of Maven.</summary>
internal static class MavenRepository
{
    public const string Folder = "/usr/share/maven-repo";

    /// <summary>Adds the repository as a link at the root, which a test may remove.</summary>
    public static CodeFolder WithMavenRepository(this CodeFolder folder)
    {
        var repository = Path.Combine(folder.Root, "repository");
        Directory.CreateSymbolicLink(repository, Folder);
        return folder
            .With(".mvn/maven.config", "--settings\n.mvn/settings.xml\n")
            .With(".mvn/settings.xml", $"""
                <settings>
                  <localRepository>{folder.Root}/m2</localRepository>
                  <mirrors><mirror><id>only</id><mirrorOf>*</mirrorOf><url>file://{repository}</url></mirror></mirrors>
                </settings>
                """);
    }
}
