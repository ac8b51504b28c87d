using Esb.AdminProtocol.Stores;

namespace Esb.Cli.Backups;

/// <summary>Backs up and restores the data of the stores, whether they run or not.</summary>
internal interface IStoresAdmin
{
    /// <summary>How much the stores hold.</summary>
    /// <exception cref="CommandFailure">They could not be asked.</exception>
    Task<StoreContents> CountAsync(CancellationToken cancellationToken);

    /// <summary>Writes the archive of a backup, which is whole when this returns.</summary>
    /// <exception cref="CommandFailure">It is not whole.</exception>
    /// <exception cref="IOException">The target cannot be written.</exception>
    Task BackUpAsync(Stream target, CancellationToken cancellationToken);

    /// <summary>Replaces all data by that of an archive.</summary>
    /// <exception cref="CommandFailure">The data is what it was.</exception>
    Task RestoreAsync(Stream archive, CancellationToken cancellationToken);
}
