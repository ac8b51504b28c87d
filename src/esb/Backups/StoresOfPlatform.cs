using System.Net.Sockets;
using Esb.AdminProtocol.Stores;
using Esb.Cli.Platform;
using Esb.Cli.Settings;
using Esb.Host.Sockets;

namespace Esb.Cli.Backups;

/// <summary>Finds the stores whose data is backed up or restored.</summary>
internal static class StoresOfPlatform
{
    /// <exception cref="CommandFailure">
    /// The platform has other stores, has no data yet, or its stores are of an earlier version.
    /// </exception>
    public static IStoresAdmin Find(PlatformSettings settings)
    {
        if (settings.IsInContainers)
            throw CommandFailure.Environment(
                "in containers, the data is in a database and an object store that have backups of their own",
                "docs/operations.md#backup-and-restore names their volumes");
        var folder = settings.State.Path;
        if (!Directory.Exists(settings.State.Objects) && !Directory.Exists(settings.State.Tables))
            throw CommandFailure.Environment(
                $"there is no data in {settings.State.Display}", "esb up starts the platform");
        var socket = StoresAdmin.SocketOf(folder);
        if (Answers(socket))
            return new RunningStores(socket);
        if (PlatformState.Read(settings.State)?.Find(ComponentKind.Stores) is not null)
            throw CommandFailure.Environment(
                "the running stores cannot be reached: they are of an earlier version of ESB, or are starting",
                "esb down, then esb up");
        return new StoppedStores(Binaries.Find(settings, Binaries.Stores), folder);
    }

    private static bool Answers(string path)
    {
        try
        {
            using var socket = SocketPath.Of(path);
            using var connection = UnixSocket.Connect(socket.Text);
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode != SocketError.AccessDenied)
        {
            return false;
        }
        catch (SocketException e)
        {
            throw CommandFailure.Environment(
                $"{path} cannot be opened: {e.Message}", "run the command as the user of the platform");
        }
    }
}
