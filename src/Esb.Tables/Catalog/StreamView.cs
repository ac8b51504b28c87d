namespace Esb.Tables.Catalog;

/// <summary>What the records of a stream contain in addition to the keys.</summary>
public enum StreamView
{
    /// <summary>KEYS_ONLY: nothing else.</summary>
    KeysOnly,

    /// <summary>NEW_IMAGE: the item after the change.</summary>
    NewImage,

    /// <summary>OLD_IMAGE: the item before the change.</summary>
    OldImage,

    /// <summary>NEW_AND_OLD_IMAGES: the item before and after the change.</summary>
    NewAndOldImages,
}
